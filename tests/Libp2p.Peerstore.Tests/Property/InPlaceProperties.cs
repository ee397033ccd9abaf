using FsCheck;
using FsCheck.Fluent;
using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>A change that is made where the peer lies does what the same change does on a copy: answers, state and counters.</summary>
public class InPlaceProperties
{
    private static readonly PrivateKey[] PrivateKeys = [.. Enumerable.Range(0, 3).Select(static _ => Sample.NewKey())];
    private static readonly PeerId[] Peers = [.. PrivateKeys.Select(static key => PeerId.FromPublicKey(key.PublicKey))];
    private static readonly Multiaddr[] Known = [.. Enumerable.Range(0, 4).Select(Sample.Address)];

    // Of each peer a record of all addresses and a later one of two.
    private static readonly PeerRecord[][] Records =
    [
        .. PrivateKeys.Select(static key => new[] { Sample.Record(key, 1, Known), Sample.Record(key, 2, Known[..2]) }),
    ];

    private static readonly TimeSpan[] Lifetimes =
    [
        TimeSpan.Zero, AddressTtl.Temporary, AddressTtl.RecentlyConnected, AddressTtl.Address, AddressTtl.Connected, AddressTtl.Permanent,
    ];

    private static readonly Gen<Multiaddr[]> Offers = Gen.Frequency<Multiaddr[]>(
        (4, Gen.Constant(Known)),
        (2, Gen.Shuffle(Known)),
        (2, Gen.Elements(Known).ArrayOf()),
        (2, Gen.Elements(Known).ArrayOf(Known.Length)),
        (1, Gen.Constant(Array.Empty<Multiaddr>())));

    private static readonly Gen<Step> Steps = Gen.Frequency<Step>(
        (8, Offering("add", AddressBook.Adding)),
        (4, Offering("set", AddressBook.Setting)),
        (4, Offering("announce", AddressBook.Announcing)),
        (4, from peer in Gen.Elements(Peers)
            from former in Gen.Elements(Lifetimes)
            from next in Gen.Elements(Lifetimes)
            select new Step($"update {NumberOf(peer)} {former} {next}", twins => twins.Update(peer, former, next))),
        (2, from peer in Gen.Elements(Peers)
            from milliseconds in Gen.Choose(1, 100)
            select new Step($"measure {NumberOf(peer)} {milliseconds}", twins => twins.Measure(peer, TimeSpan.FromMilliseconds(milliseconds)))),
        (4, from peer in Gen.Choose(0, 2)
            from record in Gen.Choose(0, 1)
            from lifetime in Gen.Elements(Lifetimes)
            select new Step($"consume {peer} {record} {lifetime}", twins => twins.Consume(Records[peer][record], lifetime))),
        (2, from minutes in Gen.Elements(0.5, 2, 10, 31)
            select new Step($"advance {minutes}", twins => twins.Clock.Advance(TimeSpan.FromMinutes(minutes)))));

    [Theory]
    [InlineData(FullPolicy.RefuseNew)]
    [InlineData(FullPolicy.EvictLeastValuable)]
    public void A_change_in_place_is_the_same_change(FullPolicy whenFull)
    {
        Dictionary<string, int> done = [];
        Replayable.Check(Steps, times: 600, steps =>
        {
            using var twins = new Twins(new()
            {
                WhenFull = whenFull,
                MaxAddresses = 10,
                MaxEndlessAddressesPerPeer = 3,
                MaxAddressesPerPeer = 4,
                SweepInterval = TimeSpan.Zero,
            });
            Array.ForEach(steps, step => step.Take(twins));
            foreach (var result in twins.Done)
            {
                done[result] = done.GetValueOrDefault(result) + 1;
            }

            return Task.CompletedTask;
        });
        string[] expected =
        [
            "add Renewed", "add Unchanged", "announce Renewed", "announce Unchanged", "measure Changed", "refresh Renewed",
            "refresh Unchanged", "set Renewed",
            "update Renewed", "update Unchanged",
        ];
        Assert.Equal(expected, done.Keys.Where(static result => !result.EndsWith("NotPossible", StringComparison.Ordinal)
            && !result.Equals("measure Unchanged", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static Gen<Step> Offering(string name, ChangeRule<AddressOffer, AddressTally> rule) =>
        from peer in Gen.Elements(Peers)
        from offered in Offers
        from lifetime in Gen.Elements(Lifetimes)
        select new Step(
            $"{name} {NumberOf(peer)} [{string.Join(", ", offered.Select(static address => Array.IndexOf(Known, address)))}] {lifetime}",
            twins => twins.Offer(name, peer, offered, lifetime, rule));

    private static int NumberOf(PeerId peer) => Array.IndexOf(Peers, peer);

    private sealed record Step(string Text, Action<Twins> Take)
    {
        public override string ToString() => Text;
    }

    /// <summary>Two engines with one clock: one changes in place where it can, the other never does.</summary>
    private sealed class Twins : IDisposable
    {
        private readonly PeerstoreEngine _first;
        private readonly PeerstoreEngine _second;

        private readonly List<string> _firstNoted = [];
        private readonly List<string> _secondNoted = [];

        public Twins(PeerstoreOptions options) => (_first, _second) =
            (new(options, Clock) { Journal = new Noting(_firstNoted) }, new(options, Clock) { Journal = new Noting(_secondNoted) });

        public ManualTimeProvider Clock { get; } = new();

        /// <summary>What trying in place has done, with the name of the change.</summary>
        public List<string> Done { get; } = [];

        public void Offer(string name, PeerId peer, Multiaddr[] offered, TimeSpan lifetime, ChangeRule<AddressOffer, AddressTally> rule)
        {
            var offer = new AddressOffer(peer, offered, lifetime);
            Change(engine => engine.Change(peer, offer, Of(engine, name, rule), whenFull: default, Token).ToChanges());
        }

        public void Update(PeerId peer, TimeSpan former, TimeSpan next) =>
            Change(engine => engine.ChangeKnown(peer, (former, next), Of(engine, "update", AddressBook.Updating), Token).ToChanges());

        /// <summary>As <see cref="AddressBook"/> does it: what is stored already is refreshed.</summary>
        public void Consume(PeerRecord record, TimeSpan lifetime)
        {
            Change(engine => engine.ChangeKnown(
                record.Peer, new StoredEnvelope(record.Envelope.Bytes, lifetime, engine.Options), Of(engine, "refresh", AddressBook.Refreshing), Token));
            var addresses = new AddressOffer(record.Peer, record.Addresses, lifetime);
            var offer = new RecordOffer(new(record, addresses.Own), addresses, NewerRecordRule.KeepFormer);
            Change(engine => engine.Change(record.Peer, offer, AddressRules.Consume, whenFull: default, Token));
        }

        public void Measure(PeerId peer, TimeSpan sample) =>
            Change(engine => engine.Change(peer, sample, Of(engine, "measure", MetricsBook.Recording), BookOutcome.NoRoom, Token));

        public void Dispose()
        {
            _first.Dispose();
            _second.Dispose();
        }

        private static CancellationToken Token => TestContext.Current.CancellationToken;

        private void Change<TResult>(Func<PeerstoreEngine, TResult> change)
        {
            Assert.Equal(change(_second), change(_first));
            Assert.Equal(_second.AddressCount, _first.AddressCount);
            Assert.Equal(_second.RecordCount, _first.RecordCount);
            Assert.Equal(_second.PeerCount, _first.PeerCount);
            Assert.Equal(_secondNoted, _firstNoted);
            Assert.Empty(_first.Check());
            foreach (var peer in Peers)
            {
                Assert.Equal(Known(_second, peer), Known(_first, peer));
            }
        }

        private static string Known(PeerstoreEngine engine, PeerId peer) => engine.Read(
            peer,
            state: true,
            static (in view, _, now) => !view.IsKnown
                ? "unknown"
                : $"{view.Latency} {view.Stamp} {string.Join(", ", LiveAddresses.CopyDetails(view, now))}",
            Token);

        private ChangeRule<TState, TResult> Of<TState, TResult>(
            PeerstoreEngine engine, string name, ChangeRule<TState, TResult> rule) =>
            engine == _second ? rule with { InPlace = null } : rule with { InPlace = Counting(name, rule.InPlace!) };

        private Shard.ChangingInPlace<TState, TResult> Counting<TState, TResult>(
            string name, Shard.ChangingInPlace<TState, TResult> change) =>
            (in peer, state, out result) =>
            {
                var done = change(peer, state, out result);
                Done.Add($"{name} {done}");
                return done;
            };
    }

    /// <summary>A journal that notes what it is told.</summary>
    private sealed class Noting(List<string> noted) : IPeerJournal
    {
        public void OnChanged(in PeerId peer, bool isOnlyRenewed) => noted.Add($"{peer} {isOnlyRenewed}");

        public void ThrowIfRefusing(bool mayAdd)
        {
            // It refuses nothing.
        }

        public void ThrowIfTakingNoPrivateKeys()
        {
            // It takes them.
        }

        public ValueTask AcknowledgeAsync(in PeerId peer, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}

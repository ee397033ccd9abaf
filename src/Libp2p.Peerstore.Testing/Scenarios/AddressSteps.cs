using System.Text.Json;

namespace Libp2p.Peerstore.Testing;

/// <summary>The steps about addresses.</summary>
internal sealed class AddressSteps(Replay replay)
{
    private IAddressBook Book => replay.Store.Addresses;

    public async ValueTask AddAsync(ScenarioStep step)
    {
        var (peer, addresses, ttl) = (replay.PeerOf(step), AddressesOf(step), Replay.LifetimeOf(step, "ttl"));
        if (!replay.CanSayEnd(ttl))
        {
            return;
        }

        replay.Go.Addresses.Add(peer, addresses, ttl.Span);
        replay.Contract.Addresses.Add(peer, addresses, ttl.Span);
        await replay.ChangeAsync(step, stores: true, async () =>
            _ = await Book.AddAsync(peer, addresses, ttl.Span, replay.CancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);
    }

    public async ValueTask SetAsync(ScenarioStep step)
    {
        var (peer, addresses, ttl) = (replay.PeerOf(step), AddressesOf(step), Replay.LifetimeOf(step, "ttl"));
        if (!replay.CanSayEnd(ttl))
        {
            return;
        }

        replay.Go.Addresses.Set(peer, addresses, ttl.Span);
        replay.Contract.Addresses.Set(peer, addresses, ttl.Span);
        await replay.ChangeAsync(step, stores: true, async () =>
            _ = await Book.SetAsync(peer, addresses, ttl.Span, replay.CancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);
    }

    public async ValueTask UpdateAsync(ScenarioStep step)
    {
        var peer = replay.PeerOf(step);
        var oldTtl = Replay.LifetimeOf(step, "oldTtl");
        var newTtl = Replay.LifetimeOf(step, "newTtl");

        // No address has a lifetime finer than 100 ns, since the replay ends where one would be given.
        if (!oldTtl.IsExact || !replay.CanSayEnd(newTtl))
        {
            return;
        }

        replay.Go.Addresses.Update(peer, oldTtl.Span, newTtl.Span);
        replay.Contract.Addresses.Update(peer, oldTtl.Span, newTtl.Span);
        await replay.ChangeAsync(step, stores: false, async () =>
            _ = await Book.UpdateAsync(peer, oldTtl.Span, newTtl.Span, replay.CancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);
    }

    public ValueTask ClearAsync(ScenarioStep step)
    {
        var peer = replay.PeerOf(step);
        replay.Go.Addresses.Clear(peer);
        replay.Contract.Addresses.Clear(peer);
        return replay.ChangeAsync(step, stores: false, () => Book.ClearAsync(peer, replay.CancellationToken));
    }

    public ValueTask GetAsync(ScenarioStep step)
    {
        var peer = replay.PeerOf(step);
        var expectation = Expect(replay, peer, Answer.Set(step.Answers("want").Texts("want")));
        return replay.CheckAsync(step, expectation, async () =>
            Answer.Set(Texts(await Book.GetAsync(peer, replay.CancellationToken).ConfigureAwait(false))));
    }

    public ValueTask PeersAsync(ScenarioStep step)
    {
        var expectation = new Expectation(
            Answer.Set(step.Answers("want").Texts("want")),
            replay.NamesOf(replay.Go.Addresses.Peers),
            replay.NamesOf(replay.Contract.Addresses.Peers),
            replay.Go.Addresses.Difference);
        return replay.CheckAsync(step, expectation, async () => replay.NamesOf(
            await Book.GetPeersAsync(replay.CancellationToken).ToListAsync().ConfigureAwait(false)));
    }

    public static Expectation Expect(Replay replay, PeerId peer, string document) => new(
        document,
        Answer.Set(Texts(replay.Go.Addresses.Get(peer))),
        Answer.Set(Texts(replay.Contract.Addresses.Get(peer))),
        replay.Go.Addresses.Difference);

    public static IEnumerable<string> Texts(IEnumerable<Multiaddr> addresses) =>
        addresses.Select(static address => address.ToString());

    private static List<Multiaddr> AddressesOf(ScenarioStep step) => [.. step.Fields.Items("addrs").Select(Read)];

    private static Multiaddr Read(JsonElement text)
    {
        if (text.ValueKind == JsonValueKind.Null)
        {
            return default;
        }

        return Multiaddr.TryParse(text.AsText("addrs"), out var address)
            ? address
            : throw new DocumentException("\"addrs\" has an address that cannot be read");
    }
}

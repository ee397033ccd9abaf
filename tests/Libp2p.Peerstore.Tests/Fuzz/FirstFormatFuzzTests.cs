using System.Globalization;

namespace Libp2p.Peerstore.Tests;

/// <summary>The decoder of entries of version 1, which nobody writes any more and every file may hold.</summary>
public class FirstFormatFuzzTests
{
    /// <summary>More in a run of its own: <c>LIBP2P_FUZZ_ENTRIES=5000000 dotnet test --filter FirstFormatFuzz</c>.</summary>
    private static readonly int Entries =
        int.Parse(Environment.GetEnvironmentVariable("LIBP2P_FUZZ_ENTRIES") ?? "20000", CultureInfo.InvariantCulture);

    private readonly Random _random = Seeded.Start();
    private readonly EntryReader _reader = new();
    private readonly EntryReader _again = new();
    private readonly EntryBuffer _output = new();

    [Fact]
    public void What_is_accepted_is_the_same_in_the_version_of_today()
    {
        var (accepted, entry) = (0, FirstFormatEntry.Random(_random));
        using var engine = new PeerstoreEngine(new() { SweepInterval = TimeSpan.Zero }, new Testing.ManualTimeProvider());
        for (var i = 0; i < Entries; i++)
        {
            entry = i % 100 == 0 ? FirstFormatEntry.Random(_random) : entry;
            var mutated = EntryMutation.Of(entry.Encode(), _random, entry.Peer);
            if (TryReadTwice(entry.Peer, mutated))
            {
                accepted++;
                AssertLivedWith(engine, entry.Peer, mutated);
            }
        }

        Assert.Empty(engine.Check());
        Assert.Equal(0, engine.PeerCount);
        Assert.InRange(accepted, 1, Entries - 1);
    }

    [Fact]
    public void What_stood_in_a_good_entry_is_what_is_read()
    {
        for (var i = 0; i < Entries / 20; i++)
        {
            var entry = FirstFormatEntry.Random(_random);
            Assert.True(_reader.TryRead(entry.Peer, entry.Encode(), out var stored, out var damage), damage);
            entry.AssertIs(stored);
        }
    }

    [Fact]
    public void Random_sections_never_throw()
    {
        var (peer, read) = (Sample.NewPeer(), 0);
        for (var i = 0; i < Entries; i++)
        {
            var content = new byte[_random.Next(1, 120)];
            _random.NextBytes(content);
            content[0] = EntryFormat.FirstVersion;
            // A section and its length that are plausible, and small numbers at the beginning of its body.
            for (var at = 1; at < content.Length && at < 6; at++)
            {
                content[at] &= (byte)(at == 1 ? 0x07 : 0x0F);
            }

            if (content.Length > 2 && _random.Next(2) == 0)
            {
                content[2] = (byte)(content.Length - 3);
            }

            read += TryReadTwice(peer, EntryMutation.Seal(content, peer)) ? 1 : 0;
        }

        Assert.InRange(read, 1, Entries - 1);
    }

    [Fact]
    public void Every_truncation_of_a_section_is_refused_or_a_section_that_says_less()
    {
        var (refused, accepted) = (0, 0);
        for (var i = 0; i < 20; i++)
        {
            var entry = FirstFormatEntry.Random(_random);
            foreach (var (section, body) in entry.Sections)
            {
                for (var length = 0; length < body.Length; length++)
                {
                    _output.Clear();
                    _output.PutByte(EntryFormat.FirstVersion);
                    _output.PutSection(section, length);
                    _output.Put(body.AsSpan(0, length));
                    var isGood = TryReadTwice(entry.Peer, EntryMutation.Seal(_output.Written, entry.Peer));
                    Assert.False(isGood && (length == 0 || section is EntrySection.PrivateKey or EntrySection.Latency));
                    (refused, accepted) = isGood ? (refused, accepted + 1) : (refused + 1, accepted);
                }
            }
        }

        Assert.InRange(accepted, 1, refused / 10);
    }

    /// <summary>Reads an entry between two kinds of other bytes: what stands beside it must make no difference.</summary>
    private bool TryReadTwice(PeerId peer, byte[] entry)
    {
        const int Beside = 64;
        byte[] zeros = [.. new byte[Beside], .. entry, .. new byte[Beside]];
        byte[] ones = [.. Enumerable.Repeat((byte)0xFF, Beside), .. entry, .. Enumerable.Repeat((byte)0xFF, Beside)];
        var isGood = _reader.TryRead(peer, zeros.AsSpan(Beside, entry.Length), out var stored, out var damage);
        Assert.Equal(isGood, _again.TryRead(peer, ones.AsSpan(Beside, entry.Length), out var other, out var otherDamage));
        Assert.Equal(damage, otherDamage);
        Assert.Equal(isGood, damage is null);
        Assert.True(stored.Sections.SequenceEqual(other.Sections));
        if (isGood)
        {
            AssertWrittenAgain(peer, stored);
        }
        else
        {
            Assert.StartsWith("section ", damage, StringComparison.Ordinal);
        }

        return isGood;
    }

    private void AssertWrittenAgain(PeerId peer, in StoredPeer stored)
    {
        EntryWriter.Write(peer, stored.Sections, stored.Protocols, _output);
        Assert.Equal(EntryFormat.Version, _output.Written[0]);
        Assert.True(_again.TryRead(peer, _output.Written, out var again, out var damage), damage);
        Assert.True(again.Sections.SequenceEqual(stored.Sections));
        Assert.Equal(stored.Protocols, again.Protocols);
        Assert.Equal(stored.WasConnected, again.WasConnected);
    }

    /// <summary>An engine takes it up, answers from it, and lets it go.</summary>
    private void AssertLivedWith(PeerstoreEngine engine, PeerId peer, byte[] entry)
    {
        var store = new EngineStore(engine);
        var token = TestContext.Current.CancellationToken;
        Assert.True(_reader.TryRead(peer, entry, out var stored, out var damage), damage);
        if (engine.Restore(peer, stored, DateTimeOffset.UnixEpoch.AddYears(56)))
        {
            var snapshot = AtOnce.Answer(store.GetSnapshotAsync(peer, token));
            Assert.All(snapshot.Addresses, static address => Assert.NotEmpty(address.Address.ToString()));
            AtOnce.Answer(store.Addresses.AddAsync(peer, [Sample.Six], Sample.Hour, token));
            Assert.True(engine.TryEncode(peer, _output));
            Assert.True(_again.TryRead(peer, _output.Written, out _, out damage), damage);
            AtOnce.Done(store.Addresses.ClearAsync(peer, token));
            AtOnce.Done(store.RemovePeerAsync(peer, token));
        }
    }
}

using System.Globalization;

namespace Libp2p.Peerstore.Tests;

/// <summary>The decoder of entries, fed with what a damaged or hostile file may hold under a good checksum.</summary>
public class EntryFuzzTests
{
    /// <summary>More in a run of its own: <c>LIBP2P_FUZZ_ENTRIES=5000000 dotnet test --filter EntryFuzz</c>.</summary>
    private static readonly int Entries =
        int.Parse(Environment.GetEnvironmentVariable("LIBP2P_FUZZ_ENTRIES") ?? "20000", CultureInfo.InvariantCulture);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_accepted_can_be_lived_with_and_written_again()
    {
        var (random, accepted) = (Seeded.Start(), 0);
        var (peer, valid) = await EncodeAsync();
        using var engine = new PeerstoreEngine(new() { SweepInterval = TimeSpan.Zero }, TimeProvider.System);
        var store = new EngineStore(engine);
        for (var i = 0; i < Entries; i++)
        {
            var entry = EntryMutation.Of(valid, random, peer);
            if (TryRestore(engine, peer, entry))
            {
                accepted++;
                await AskAsync(store, peer);
                AssertWrittenAgain(engine, peer);
                await store.Addresses.ClearAsync(peer, Token);
                await store.RemovePeerAsync(peer, Token);
            }
        }

        Assert.Empty(engine.Check());
        Assert.Equal(0, engine.PeerCount);
        Assert.InRange(accepted, 1, Entries - 1);
    }

    private static bool TryRestore(PeerstoreEngine engine, PeerId peer, byte[] entry) =>
        new EntryReader().TryRead(peer, entry, out var stored, out _) && engine.Restore(peer, stored, DateTimeOffset.UtcNow);

    private static async Task AskAsync(EngineStore store, PeerId peer)
    {
        var snapshot = await store.GetSnapshotAsync(peer, Token);
        Assert.All(snapshot.Addresses, static address => Assert.NotEmpty(address.Address.ToString()));
        Assert.True(snapshot.Record is null || (await store.Addresses.GetRecordAsync(peer, Token))!.PublicKey.Equals(snapshot.PublicKey));
        Assert.Equal(snapshot.Protocols, await store.Protocols.GetAsync(peer, Token));
        foreach (var key in snapshot.MetadataKeys)
        {
            Assert.NotNull(key);
        }

        _ = await store.Keys.GetPrivateKeyAsync(peer, Token);
        await store.Addresses.AddAsync(peer, [Sample.Six], Sample.Hour, Token);
    }

    private static void AssertWrittenAgain(PeerstoreEngine engine, PeerId peer)
    {
        var output = new EntryBuffer();
        Assert.True(engine.TryEncode(peer, output));
        Assert.True(new EntryReader().TryRead(peer, output.Written, out _, out var damage), damage);
    }

    private static async Task<(PeerId Peer, byte[] Bytes)> EncodeAsync()
    {
        using var engine = new PeerstoreEngine(new(), TimeProvider.System);
        var store = new EngineStore(engine);
        var key = Sample.NewKey();
        var record = Sample.Record(key, 77, Sample.Tcp, Sample.Quic);
        await store.Addresses.ConsumeAsync(record, Sample.Hour, Token);
        await store.Addresses.AddAsync(record.Peer, [Sample.Address(3)], AddressTtl.Permanent, Token);
        await store.Keys.AddPublicKeyAsync(record.Peer, key.PublicKey, Token);
        await store.Keys.AddPrivateKeyAsync(record.Peer, key, Token);
        await store.Protocols.SetAsync(record.Peer, ["/ipfs/id/1.0.0", "/ipfs/ping/1.0.0"], Token);
        await store.Metadata.SetAsync(record.Peer, MetadataKeys.AgentVersion, "kubo/0.30.0/", Token);
        await store.Metadata.SetAsync(record.Peer, "raw", new byte[] { 1, 2, 3 }, Token);
        await store.Metrics.RecordLatencyAsync(record.Peer, TimeSpan.FromMilliseconds(3), Token);
        var output = new EntryBuffer();
        engine.TryEncode(record.Peer, output);
        return (record.Peer, output.Written.ToArray());
    }
}

using Libp2p;
using Libp2p.Peerstore;
using Libp2p.Peerstore.Sqlite;
using Libp2p.Peerstore.Testing;

namespace Peerstore.CrashHarness;

/// <summary>A closed file with something of everything in it, to be damaged: entries in one page and over many, free pages.</summary>
internal sealed class FlippedFile(PrivateKeyProtection protection, int peers)
{
    private const int Longest = 9000;

    public SqlitePeerstoreOptions Options { get; } = new()
    {
        PrivateKeys = protection,
        Store = new() { SweepInterval = TimeSpan.Zero },
    };

    public ManualTimeProvider Clock { get; } = new();

    /// <summary>Its bytes.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>What a store answers that opens it.</summary>
    public Dictionary<PeerId, string> Image { get; private set; } = [];

    /// <summary>Makes it.</summary>
    /// <param name="path">Where; it is left there.</param>
    /// <param name="random">What the lengths and numbers come from. The keys, and with them the peers, are new ones.</param>
    public async Task MakeAsync(string path, Random random)
    {
        await using (var store = await SqlitePeerstore.OpenAsync(path, Options, Clock))
        {
            var removed = new List<PeerId>();
            for (var i = 0; i < peers; i++)
            {
                var key = PrivateKey.Generate(KeyType.Ed25519);
                var peer = PeerId.FromPublicKey(key.PublicKey);
                await store.UpdatePeerAsync(peer, edit => Fill(edit, key, i, random));
                if (i % 4 == 3)
                {
                    removed.Add(peer);
                }
            }

            // So that there are pages that were used and are free.
            await store.FlushAsync();
            foreach (var peer in removed)
            {
                await store.RemovePeerAsync(peer);
                await store.Addresses.ClearAsync(peer);
            }
        }

        Bytes = await File.ReadAllBytesAsync(path);
        await using var again = await SqlitePeerstore.OpenAsync(path, Options, Clock);
        Image = await StoreImage.ReadAsync(again);
    }

    private static void Fill(IPeerEdit edit, PrivateKey key, int number, Random random)
    {
        var address = Multiaddr.Parse($"/ip4/10.{random.Next(256)}.{random.Next(256)}.{number & 0xFF}/tcp/4001");
        edit.AddAddresses([address], number % 5 == 0 ? AddressTtl.Connected : TimeSpan.FromDays(1 + random.Next(9)));
        edit.AddProtocols([$"/test/{random.Next(9)}", "/ipfs/id/1.0.0"]).RecordLatency(TimeSpan.FromMilliseconds(1 + random.Next(500)));
        edit.SetMetadata(StoreImage.TextKey, $"agent {number} {random.Next()}");
        if (number % 2 == 0)
        {
            edit.Consume(PeerRecord.Seal(key, (ulong)(1 + random.Next(99)), [address]), TimeSpan.FromDays(2));
        }

        if (number % 3 == 0)
        {
            edit.AddPrivateKey(key);
        }

        if (number % 10 == 1)
        {
            var bytes = new byte[random.Next(Longest)];
            random.NextBytes(bytes);
            edit.SetMetadata(StoreImage.BytesKey, bytes);
        }
    }
}

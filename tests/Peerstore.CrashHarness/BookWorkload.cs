using Libp2p;
using Libp2p.Peerstore;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.CrashHarness;

/// <summary>A run through all books of a store, one operation after the other: the same for the same seed, but for the keys.</summary>
/// <remarks>
/// A few peers, changed again and again, with more of them than the store may hold: so that some are evicted. Nothing expires and
/// nothing is connected, for these change with the clock and not with what is done.
/// </remarks>
internal sealed class BookWorkload(int seed)
{
    private const int Peers = 9;
    private const int MostPeers = 6;
    private const int Longest = 6000;

    private readonly PrivateKey[] _keys = [.. Enumerable.Range(0, Peers).Select(static _ => PrivateKey.Generate(KeyType.Ed25519))];
    private readonly Random _random = new(seed);
    private ulong _sequence;

    /// <summary>How a store for it is to be opened.</summary>
    public static SqlitePeerstoreOptions Options { get; } = new()
    {
        PrivateKeys = PrivateKeyProtection.StoreInClear,
        Store = new() { SweepInterval = TimeSpan.Zero, MaxPeers = MostPeers },
        LogPages = 12,
    };

    /// <summary>Whom the last operation was about; null if it was a flush, which is about all.</summary>
    public PeerId? Changed { get; private set; }

    /// <summary>Does the next operation.</summary>
    public ValueTask DoAsync(SqlitePeerstore store)
    {
        var key = _keys[_random.Next(Peers)];
        var peer = PeerId.FromPublicKey(key.PublicKey);
        var what = _random.Next(14);
        Changed = what <= 12 ? peer : null;
        return what switch
        {
            0 or 1 => Wait(store.Addresses.AddAsync(peer, Addresses(), Lifetime())),
            2 => Wait(store.Addresses.SetAsync(peer, Addresses(), Lifetime())),
            3 => store.Addresses.ClearAsync(peer),
            4 or 5 => ConsumeAsync(store, key),
            6 => Wait(store.Metadata.SetAsync(peer, StoreImage.TextKey, $"agent {_random.Next()}")),
            7 => Wait(store.Metadata.SetAsync(peer, StoreImage.BytesKey, Bytes())),
            8 => Wait(store.Protocols.SetAsync(peer, [$"/test/{_random.Next()}", "/ipfs/id/1.0.0"])),
            9 => Wait(store.Metrics.RecordLatencyAsync(peer, TimeSpan.FromMilliseconds(1 + _random.Next(500)))),
            10 => Wait(store.Keys.AddPrivateKeyAsync(peer, key)),
            11 => store.RemovePeerAsync(peer),
            12 => Wait(EditAsync(store, peer)),
            _ => store.FlushAsync(),
        };
    }

    private static async ValueTask Wait<T>(ValueTask<T> call) => await call;

    private ValueTask ConsumeAsync(SqlitePeerstore store, PrivateKey key) =>
        store.Addresses.TryGetCertified(out var records)
            ? Wait(records.ConsumeAsync(PeerRecord.Seal(key, ++_sequence, Addresses()), Lifetime()))
            : ValueTask.CompletedTask;

    private ValueTask<PeerEditOutcome> EditAsync(SqlitePeerstore store, PeerId peer)
    {
        var (addresses, number) = (Addresses(), _random.Next());
        return store.UpdatePeerAsync(peer, edit => edit
            .ClearAddresses()
            .AddAddresses(addresses, TimeSpan.FromDays(1))
            .SetMetadata(StoreImage.TextKey, $"edit {number}")
            .SetProtocols([$"/edit/{number}"]));
    }

    private Multiaddr[] Addresses() => [.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Multiaddr.Parse(
        $"/ip4/10.{_random.Next(256)}.{_random.Next(256)}.{_random.Next(256)}/tcp/{1 + _random.Next(65_000)}"))];

    private TimeSpan Lifetime() => TimeSpan.FromDays(1 + _random.Next(9));

    private byte[] Bytes()
    {
        var bytes = new byte[_random.Next(Longest)];
        _random.NextBytes(bytes);
        return bytes;
    }
}

namespace Libp2p.Peerstore.Tests;

/// <summary>A run of operations of all kinds on a few peers, the same for every store and every time it is run.</summary>
internal sealed class MixedOperations
{
    private const int Shards = 2;
    private const int Keyed = 6;
    private const int Keyless = 30;
    private const int Operations = 500;

    // Small ones share blocks and fill them, large ones have blocks of their own.
    private static readonly int[] Sizes = [10, 300, 3_000, 7_000, 20_000, 60_000];
    private static readonly TimeSpan[] Lifetimes = [Sample.Minute, 3 * Sample.Minute, Sample.Hour, AddressTtl.Connected];

    private readonly Random _random;
    private readonly PrivateKey[] _keys;

    public MixedOperations(int seed)
    {
        _random = new(seed);
        _keys = [.. Enumerable.Range(0, Keyed).Select(static _ => NewKey())];
        Peers = [.. _keys.Select(static key => PeerId.FromPublicKey(key.PublicKey)), .. Enumerable.Range(0, Keyless).Select(static _ => NewPeer())];
        All = [.. Enumerable.Range(0, Operations).Select(_ => Next())];
    }

    /// <summary>Some of them with keys. So few shards have them all that tables grow and blocks fill.</summary>
    public PeerId[] Peers { get; }

    /// <summary>One after the other, a second of the clock apart.</summary>
    public Func<EngineStore, Task>[] All { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static PrivateKey NewKey()
    {
        var key = Sample.NewKey();
        while (!IsInFewShards(PeerId.FromPublicKey(key.PublicKey)))
        {
            key = Sample.NewKey();
        }

        return key;
    }

    private static PeerId NewPeer()
    {
        var peer = RandomIds.Next();
        while (!IsInFewShards(peer))
        {
            peer = RandomIds.Next();
        }

        return peer;
    }

    private static bool IsInFewShards(PeerId peer) => PeerstoreEngine.ShardNumberOf(peer) < Shards;

    private Func<EngineStore, Task> Next()
    {
        var peer = Peers[_random.Next(Peers.Length)];
        return _random.Next(9) switch
        {
            < 3 => NextOfAddresses(peer),
            < 6 => NextOfMetadata(peer),
            6 => NextOfKeys(),
            7 => NextOfProtocols(peer),
            _ => _random.Next(3) == 0 ? static store => store.SweepAsync(Token).AsTask() : store => store.RemovePeerAsync(peer, Token).AsTask(),
        };
    }

    private Func<EngineStore, Task> NextOfAddresses(PeerId peer)
    {
        Multiaddr[] addresses = [.. Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Sample.Address(_random.Next(30)))];
        var (lifetime, other) = (Lifetimes[_random.Next(Lifetimes.Length)], Lifetimes[_random.Next(Lifetimes.Length)]);
        return _random.Next(6) switch
        {
            0 => store => store.Addresses.SetAsync(peer, addresses, lifetime, Token).AsTask(),
            1 => store => store.Addresses.UpdateAsync(peer, lifetime, other, Token).AsTask(),
            2 => store => store.Addresses.ClearAsync(peer, Token).AsTask(),
            _ => store => store.Addresses.AddAsync(peer, addresses, lifetime, Token).AsTask(),
        };
    }

    private Func<EngineStore, Task> NextOfMetadata(PeerId peer)
    {
        var (key, value) = ($"key {_random.Next(3)}", new byte[Sizes[_random.Next(Sizes.Length)]]);
        _random.NextBytes(value);
        return _random.Next(3) == 0
            ? store => store.Metadata.RemoveAsync(peer, key, Token).AsTask()
            : store => store.Metadata.SetAsync(peer, key, value, Token).AsTask();
    }

    private Func<EngineStore, Task> NextOfKeys()
    {
        var key = _keys[_random.Next(Keyed)];
        var peer = PeerId.FromPublicKey(key.PublicKey);
        var record = Sample.Record(key, (ulong)_random.Next(100), Sample.Address(_random.Next(30)), Sample.Quic);
        return _random.Next(4) switch
        {
            0 => store => store.Keys.AddPrivateKeyAsync(peer, key, Token).AsTask(),
            1 => store => store.Keys.RemovePeerAsync(peer, Token).AsTask(),
            _ => store => store.Addresses.ConsumeAsync(record, 2 * Sample.Minute, Token).AsTask(),
        };
    }

    private Func<EngineStore, Task> NextOfProtocols(PeerId peer)
    {
        string[] protocols = [$"/one/{_random.Next(20)}", $"/other/{_random.Next(3)}"];
        return _random.Next(3) == 0
            ? store => store.Metrics.RecordLatencyAsync(peer, Sample.Minute, Token).AsTask()
            : store => store.Protocols.SetAsync(peer, protocols, Token).AsTask();
    }
}

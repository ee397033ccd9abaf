using System.Globalization;
using System.Security.Cryptography;
using Libp2p;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.CrashHarness;

/// <summary>What is written, known to the process that writes and to the one that checks by the seed alone.</summary>
/// <remarks>
/// Operation n belongs to writer n mod <see cref="Writers"/>, which makes its operations one after the other, and changes a
/// peer that only this writer changes: so the values of a slot rise, and of each writer at most one operation is under way.
/// </remarks>
internal sealed class Workload(int seed)
{
    public const int Writers = 4;

    private const int PeersOfWriter = 75;
    private const string AloneKey = "alone";
    private const string PairKey = "pair";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly PeerId[] _peers = [.. Enumerable.Range(0, Writers * PeersOfWriter).Select(PeerAt)];

    public IEnumerable<Slot> Slots =>
        from peer in Enumerable.Range(0, _peers.Length)
        from isPair in (bool[])[false, true]
        select new Slot(peer, isPair);

    /// <summary>The operation of this number.</summary>
    public Operation At(long number)
    {
        var random = Mix((ulong)number ^ ((ulong)(uint)seed << 32));
        var peer = ((int)(random % PeersOfWriter) * Writers) + (int)(number % Writers);
        return new(number, new(peer, IsPair: random >> 63 != 0));
    }

    public async ValueTask ApplyAsync(SqlitePeerstore store, Operation operation)
    {
        var peer = _peers[operation.Slot.Peer];
        if (!operation.Slot.IsPair)
        {
            await store.Metadata.SetAsync(peer, AloneKey, operation.Number);
            return;
        }

        await store.UpdatePeerAsync(
            peer,
            edit => edit
                .ClearAddresses()
                .AddAddresses([AddressAt(operation.Number)], Lifetime)
                .SetMetadata(PairKey, operation.Number));
    }

    /// <summary>The number of the operation that a slot holds, 0 for none; null if it holds parts of several.</summary>
    public async ValueTask<long?> ReadAsync(SqlitePeerstore store, Slot slot)
    {
        var peer = _peers[slot.Peer];
        var stored = await store.Metadata.TryGetAsync<long>(peer, slot.IsPair ? PairKey : AloneKey);
        var number = stored.Found ? stored.Value : 0;
        if (!slot.IsPair)
        {
            return number;
        }

        var addresses = await store.Addresses.GetAsync(peer);
        return addresses.SequenceEqual(number == 0 ? [] : [AddressAt(number)]) ? number : null;
    }

    private static PeerId PeerAt(int index) => PeerId.Decode(
        [0x12, 0x20, .. SHA256.HashData(BitConverter.GetBytes(index))]);

    private static Multiaddr AddressAt(long number) => Multiaddr.Parse(string.Create(
        CultureInfo.InvariantCulture,
        $"/ip4/10.{(number >> 32) & 0xFF}.{(number >> 24) & 0xFF}.{(number >> 16) & 0xFF}/tcp/{number & 0xFFFF}"));

    // SplitMix64, so that neighbouring numbers have nothing in common.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}

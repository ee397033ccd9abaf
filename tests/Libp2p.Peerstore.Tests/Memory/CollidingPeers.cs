using System.Buffers.Binary;

namespace Libp2p.Peerstore.Tests;

/// <summary>Peers whose hashes agree where the engine looks at them, found by trying: the hash is keyed anew in each process.</summary>
internal static class CollidingPeers
{
    private const int CounterBits = 24;
    private const int Tried = 1 << 22;

    private static readonly Lazy<(PeerId[] Same, PeerId[] Near)> Found = new(Search);

    /// <summary>Two peers of one shard with the same 32 bits of hash: to the index they differ by their records alone.</summary>
    public static PeerId[] OfSameHash => Found.Value.Same;

    /// <summary>Two peers of one shard with the same first 24 bits of hash: to a queue of ends they are one.</summary>
    public static PeerId[] OfSamePrefix => Found.Value.Near;

    private static (PeerId[] Same, PeerId[] Near) Search()
    {
        // About eight pairs are expected each time.
        for (var salt = 0; ; salt++)
        {
            var hashes = Hashes(salt);
            Array.Sort(hashes);
            var same = FindPair(hashes, salt, static (left, right) => (left ^ right) >> CounterBits == 0);
            var near = FindPair(hashes, salt, static (left, right) => (left ^ right) >> CounterBits is > 0 and < 1 << 8);
            if (same is not null && near is not null)
            {
                return (same, near);
            }
        }
    }

    /// <summary>Of each ID that is tried: the number of its shard, 32 bits of its hash, and which it is.</summary>
    private static ulong[] Hashes(int salt)
    {
        var hashes = new ulong[Tried];
        for (var i = 0; i < Tried; i++)
        {
            var peer = PeerOf(i, salt);
            hashes[i] = ((ulong)PeerstoreEngine.ShardNumberOf(peer) << 56) | ((ulong)PeerIndex.HashOf(peer) << CounterBits) | (uint)i;
        }

        return hashes;
    }

    private static PeerId[]? FindPair(ulong[] sorted, int salt, Func<ulong, ulong, bool> areAlike)
    {
        for (var i = 1; i < sorted.Length; i++)
        {
            if (areAlike(sorted[i - 1], sorted[i]))
            {
                const ulong CounterMask = (1UL << CounterBits) - 1;
                return [PeerOf((int)(sorted[i - 1] & CounterMask), salt), PeerOf((int)(sorted[i] & CounterMask), salt)];
            }
        }

        return null;
    }

    private static PeerId PeerOf(int number, int salt)
    {
        Span<byte> key = stackalloc byte[RandomIds.KeyLength];
        key.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(key, number);
        BinaryPrimitives.WriteInt32LittleEndian(key[^sizeof(int)..], salt);
        return RandomIds.Of(key);
    }
}

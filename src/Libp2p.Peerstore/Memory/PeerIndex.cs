namespace Libp2p.Peerstore;

/// <summary>Where the peers of a shard lie: open addressing with linear probing. Guarded by the shard's gate.</summary>
/// <remarks>
/// A slot is 64 bits: the high half is the peer's hash, the low half its handle and one; 0 is an empty slot. A peer's
/// place follows from the high bits of its hash, so peers stand nearly in the order of their hashes: that lets a listing
/// go on by hash, whatever has been added or removed since. IDs lie in the records; a wrong one is looked at once in four
/// billion comparisons, since the hash is keyed (<see cref="PeerId"/>) and its halves serve for the shard and for here.
/// </remarks>
internal sealed class PeerIndex(MemoryUse use)
{
    /// <summary>The bits of a hash by which an <see cref="EndQueue"/> names a peer.</summary>
    public const int PrefixBits = 24;

    private const int MinBits = 4;

    private ulong[] _slots = [];
    private int _bits;

    public int Count { get; private set; }

    /// <summary>How many slots there are, empty ones included.</summary>
    public int Capacity => _slots.Length;

    private int Mask => _slots.Length - 1;

    public static uint HashOf(in PeerId peer) => HashOf(peer.GetHash64());

    public static uint HashOf(ulong hash64) => (uint)(hash64 >> 32);

    public static uint PrefixOf(uint hash) => hash >> (32 - PrefixBits);

    /// <summary>Finds a peer.</summary>
    /// <returns>Its slot, or -1.</returns>
    public int Find(uint hash, in PeerId peer, RecordLog log)
    {
        if (Count == 0)
        {
            return -1;
        }

        for (var slot = HomeOf(hash); _slots[slot] != 0; slot = (slot + 1) & Mask)
        {
            if ((uint)(_slots[slot] >> 32) == hash)
            {
                log.Prefetch(HandleAt(slot));
                if (Frame.IdOf(log[HandleAt(slot)]).SequenceEqual(peer.Bytes))
                {
                    return slot;
                }
            }
        }

        return -1;
    }

    public uint HandleAt(int slot) => (uint)_slots[slot] - 1;

    public uint HashAt(int slot) => (uint)(_slots[slot] >> 32);

    /// <summary>Makes room for one more, so that adding it cannot fail.</summary>
    public void Reserve()
    {
        if ((Count + 1) * 4L > _slots.Length * 3L)
        {
            Resize(Math.Max(MinBits, _bits + 1));
        }
    }

    /// <summary>Adds a peer that is not there.</summary>
    public void Add(uint hash, uint handle)
    {
        Reserve();
        Put(hash, handle);
        Count++;
    }

    public void Set(int slot, uint handle) => _slots[slot] = ((ulong)HashAt(slot) << 32) | (handle + 1);

    /// <summary>Notes that the frame at a handle is at another now.</summary>
    public void Move(uint hash, uint from, uint to)
    {
        var old = ((ulong)hash << 32) | (from + 1);
        var slot = HomeOf(hash);
        while (_slots[slot] != old)
        {
            slot = (slot + 1) & Mask;
        }

        Set(slot, to);
    }

    public void RemoveAt(int slot)
    {
        // Those behind move up, as far as their homes allow, so that no search ends early.
        for (var next = (slot + 1) & Mask; _slots[next] != 0; next = (next + 1) & Mask)
        {
            var home = HomeOf(HashAt(next));
            if (((next - home) & Mask) >= ((next - slot) & Mask))
            {
                _slots[slot] = _slots[next];
                slot = next;
            }
        }

        _slots[slot] = 0;
        Count--;
        // Half full then: as many peers as a quarter of it must come or go before the next time.
        if (_bits > MinBits && Count < _slots.Length / 4)
        {
            TryShrink();
        }
    }

    /// <summary>Lists the handles of the peers whose hashes begin with some bits.</summary>
    /// <param name="prefix">The bits.</param>
    /// <param name="bits">How many they are.</param>
    /// <param name="into">Where to.</param>
    public void List(uint prefix, int bits, List<uint> into)
    {
        if (Count == 0)
        {
            return;
        }

        var lowest = bits == 0 ? 0 : prefix << (32 - bits);
        var highest = bits == 0 ? uint.MaxValue : lowest | (uint)(uint.MaxValue >> bits);
        var (first, homes) = (HomeOf(lowest), HomeOf(highest) - HomeOf(lowest) + 1);
        for (var step = 0; step < _slots.Length; step++)
        {
            var slot = (first + step) & Mask;
            if (_slots[slot] == 0)
            {
                if (step >= homes)
                {
                    return;
                }
            }
            else if (HashAt(slot) >= lowest && HashAt(slot) <= highest)
            {
                into.Add(HandleAt(slot));
            }
        }
    }

    public void Forget() => (_slots, _bits, Count) = ([], 0, 0);

    private int HomeOf(uint hash) => (int)(hash >> (32 - _bits));

    private void Put(uint hash, uint handle)
    {
        var slot = HomeOf(hash);
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & Mask;
        }

        _slots[slot] = ((ulong)hash << 32) | (handle + 1);
    }

    private void TryShrink()
    {
        try
        {
            Resize(_bits - 1);
        }
        catch (OutOfMemoryException)
        {
            // The peer is gone, and the others are found in the larger table as well; the next removal tries again.
        }
    }

    private void Resize(int bits)
    {
        if (bits > PrefixBits)
        {
            throw new InvalidOperationException($"A shard holds no more than {1 << PrefixBits} slots.");
        }

        use.Ask();
        var old = _slots;
        (_slots, _bits) = (new ulong[1 << bits], bits);
        foreach (var slot in old)
        {
            if (slot != 0)
            {
                Put((uint)(slot >> 32), (uint)slot - 1);
            }
        }
    }
}

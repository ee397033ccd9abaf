namespace Libp2p.Peerstore;

/// <summary>The peers of a shard by the time of an end: what is due, and what is least valuable. Guarded by its gate.</summary>
/// <remarks>
/// <para>
/// The one place where the order of victims is kept: the nearest end is worth least. Only what may be given up stands
/// here; see <see cref="PeerEnds"/> for what never may.
/// </para>
/// <para>
/// A heap of 64-bit numbers: the time in the high bits, in units of 0.8 ms since the queue was made, and the beginning of
/// the peer's hash in the low ones. That is 8 bytes a peer, and a look at the peer's record says the rest. An entry is
/// added when a peer's end comes nearer and left alone when it moves away; whoever takes one from the front compares it
/// with the record and adds it anew if the end has moved. So renewing costs nothing here. Entries of peers that are gone,
/// and second ones, are leftovers; when they outnumber the peers the queue is filled anew from the records.
/// </para>
/// </remarks>
internal sealed class EndQueue(long origin, MemoryUse use)
{
    private const int TickBits = 13;
    private const int HashBits = PeerIndex.PrefixBits;
    private const long LastTick = (1L << (64 - HashBits)) - 1;
    private const int MinCapacity = 16;

    private ulong[] _heap = [];

    public int Count { get; private set; }

    /// <summary>How many entries there is room for.</summary>
    public int Capacity => _heap.Length;

    /// <summary>The tick at the front; <see cref="long.MaxValue"/> where the queue is empty.</summary>
    public long FirstTick => Count == 0 ? long.MaxValue : (long)(_heap[0] >> HashBits);

    /// <summary>The unit of the queue that a time lies in. A time out of range counts as the nearest that is in it.</summary>
    public long TickOf(long time) => TickOf(time, origin);

    public static long TickOf(long time, long origin) => Math.Clamp((time - origin) >> TickBits, 0, LastTick);

    /// <summary>Adds a peer by the time of its end.</summary>
    public void Add(uint hash, long end) =>
        Push(((ulong)TickOf(end) << HashBits) | PeerIndex.PrefixOf(hash));

    /// <summary>Takes the first entry.</summary>
    /// <returns>Its time and the beginning of its peer's hash.</returns>
    public (long Tick, uint Prefix) Take()
    {
        var first = _heap[0];
        var last = _heap[--Count];
        var at = 0;
        while ((2 * at) + 1 < Count)
        {
            var child = (2 * at) + 1;
            child += child + 1 < Count && _heap[child + 1] < _heap[child] ? 1 : 0;
            if (_heap[child] >= last)
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = last;
        return Split(first);
    }

    /// <summary>Takes the first entry, and all that are the same: leftovers, or of another peer of the same beginning.</summary>
    public (long Tick, uint Prefix) TakeSame()
    {
        var first = Take();
        while (Count > 0 && Peek() == first)
        {
            Take();
        }

        return first;
    }

    public (long Tick, uint Prefix) Peek() => Split(_heap[0]);

    /// <summary>Puts back what was taken.</summary>
    public void PutBack(long tick, uint prefix) => Push(((ulong)tick << HashBits) | prefix);

    /// <summary>The first tick of each peer that stands here, for a check.</summary>
    public Dictionary<uint, long> FirstTicks()
    {
        Dictionary<uint, long> first = [];
        foreach (var (tick, prefix) in _heap.Take(Count).Select(Split))
        {
            first[prefix] = Math.Min(tick, first.GetValueOrDefault(prefix, long.MaxValue));
        }

        return first;
    }

    public void Clear() => (_heap, Count) = ([], 0);

    /// <summary>Makes room for some more, so that adding them cannot fail.</summary>
    public void Reserve(int entries)
    {
        if (Count + entries > _heap.Length)
        {
            Resize(Math.Max(Math.Max(MinCapacity, Count + entries), Count + (Count / 2)));
        }
    }

    /// <summary>Holds what another one holds from now on, which is of no use any more.</summary>
    public void TakeOver(EndQueue other) => (_heap, Count) = (other._heap, other.Count);

    /// <summary>Gives room back that is not needed; not while entries are out that may be put back.</summary>
    public void TrimExcess()
    {
        if (Count >= _heap.Length / 2 || _heap.Length <= MinCapacity)
        {
            return;
        }

        try
        {
            Resize(Math.Max(MinCapacity, Count + (Count / 2)));
        }
        catch (OutOfMemoryException)
        {
            // The larger heap does as well; the next one that is taken tries again.
        }
    }

    private void Resize(int capacity)
    {
        use.Ask();
        Array.Resize(ref _heap, capacity);
    }

    private static (long Tick, uint Prefix) Split(ulong entry) =>
        ((long)(entry >> HashBits), (uint)(entry & ((1u << HashBits) - 1)));

    private void Push(ulong entry)
    {
        Reserve(1);
        var at = Count++;
        while (at > 0 && _heap[(at - 1) / 2] > entry)
        {
            _heap[at] = _heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _heap[at] = entry;
    }
}

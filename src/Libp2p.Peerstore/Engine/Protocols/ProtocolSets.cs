namespace Libp2p.Peerstore;

/// <summary>The sets of protocols that occur in a store, each kept once: most peers run one of a few programs. Thread-safe.</summary>
internal sealed class ProtocolSets(long maxSize)
{
    /// <summary>A table of so few places is never made smaller, and never less than an eighth full when it is.</summary>
    private const int MinTable = 64;
    private const int SparseShare = 8;

    // Guards: _bySet, _size, writing to _byNumber, the counts of users.
    // Order:  taken under a shard's gate or under none; nothing is taken under it.
    // Never under the gate: user code, I/O, await.
    private readonly Lock _gate = new();
    private readonly Dictionary<string[], ProtocolSet> _bySet = new(ByContent.Instance);
    private readonly NumberedSets _byNumber = new();
    private long _size;

    public ProtocolSet this[uint number] => _byNumber[number];

    /// <summary>How many sets the tables have room for, those of their numbers and those of their contents.</summary>
    public (int ByNumber, int ByContent) Room
    {
        get
        {
            lock (_gate)
            {
                return (_byNumber.Room, _bySet.Capacity);
            }
        }
    }

    /// <summary>How many sets are kept, and how many peers use them.</summary>
    public (int Sets, long Users) Count()
    {
        lock (_gate)
        {
            return (_bySet.Count, _bySet.Values.Sum(static set => (long)set.Users));
        }
    }

    /// <summary>Finds or adds a set, and counts a user of it; null where it is new and there is no room for it.</summary>
    /// <param name="sorted">By their characters, each once. Not changed afterwards.</param>
    public ProtocolSet? TryAcquire(string[] sorted) => Acquire(sorted, maxSize);

    /// <summary>Does the same, whatever room there is.</summary>
    public ProtocolSet Acquire(string[] sorted) => Acquire(sorted, long.MaxValue)!;

    private ProtocolSet? Acquire(string[] sorted, long most)
    {
        if (sorted.Length == 0)
        {
            return ProtocolSet.Empty;
        }

        lock (_gate)
        {
            if (!_bySet.TryGetValue(sorted, out var set) && (set = TryAddLocked(sorted, most)) is null)
            {
                return null;
            }

            set.Users++;
            return set;
        }
    }

    public void Release(ProtocolSet set)
    {
        if (set.Number == 0)
        {
            return;
        }

        lock (_gate)
        {
            if (--set.Users == 0)
            {
                _bySet.Remove(set.Sorted);
                _byNumber.Remove(set.Number);
                _size -= set.Size;
                TrimLocked();
            }
        }
    }

    private ProtocolSet? TryAddLocked(string[] sorted, long most)
    {
        var set = new ProtocolSet(_byNumber.Reserve(), sorted);
        if (_size + set.Size > most)
        {
            return null;
        }

        _bySet.Add(sorted, set);
        _byNumber.Add(set);
        _size += set.Size;
        return set;
    }

    /// <summary>
    /// After a burst of many sets the tables shrink with what is left of them, to twice of what it needs: so that moving
    /// what is left costs little beside the removals that led there.
    /// </summary>
    private void TrimLocked()
    {
        if (_bySet.Capacity <= MinTable || _bySet.Count >= _bySet.Capacity / SparseShare)
        {
            return;
        }

        try
        {
            _bySet.TrimExcess(Math.Max(MinTable / 2, 2 * _bySet.Count));
        }
        catch (OutOfMemoryException)
        {
            // The set is gone, and the larger table does as well; the next removal tries again.
        }
    }

    private sealed class ByContent : IEqualityComparer<string[]>
    {
        public static readonly ByContent Instance = new();

        public bool Equals(string[]? x, string[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(string[] sorted)
        {
            // Keyed per process, as the hash of strings is: peers choose their protocols.
            var hash = default(HashCode);
            foreach (var protocol in sorted)
            {
                hash.Add(protocol.GetHashCode(StringComparison.Ordinal));
            }

            return hash.ToHashCode();
        }
    }
}

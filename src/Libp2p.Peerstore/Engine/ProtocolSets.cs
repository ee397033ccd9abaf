namespace Libp2p.Peerstore;

/// <summary>The sets of protocols that occur in a store, each kept once: most peers run one of a few programs. Thread-safe.</summary>
internal sealed class ProtocolSets(long maxSize)
{
    // Guards: _numbers, _free, _bySet, _size, the counts of users, and writing _sets.
    // Order:  taken under a shard's gate or under none; nothing is taken under it.
    // Never under the gate: user code, I/O, await.
    private readonly Lock _gate = new();
    private readonly Dictionary<string[], ProtocolSet> _bySet = new(ByContent.Instance);
    private readonly Stack<uint> _free = [];
    private long _size;

    // By number. Read without the gate: a number stands in a peer's record only while its set is here.
    private ProtocolSet?[] _sets = [ProtocolSet.Empty];
    private uint _next = 1;

    public ProtocolSet this[uint number] => Volatile.Read(ref _sets)[number]!;

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
                _sets[set.Number] = null;
                _free.Push(set.Number);
                _size -= set.Size;
            }
        }
    }

    private ProtocolSet? TryAddLocked(string[] sorted, long most)
    {
        var number = _free.TryPeek(out var free) ? free : _next;
        var set = new ProtocolSet(number, sorted);
        if (_size + set.Size > most)
        {
            return null;
        }

        _size += set.Size;
        if (number == _next)
        {
            _next++;
            if (_next > _sets.Length)
            {
                var larger = new ProtocolSet?[_sets.Length * 2];
                _sets.CopyTo(larger, 0);
                Volatile.Write(ref _sets, larger);
            }
        }
        else
        {
            _free.Pop();
        }

        _sets[number] = set;
        _bySet.Add(sorted, set);
        return set;
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

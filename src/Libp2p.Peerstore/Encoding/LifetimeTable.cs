namespace Libp2p.Peerstore;

/// <summary>The different lifetimes of a peer's addresses, numbered as they come. Used by one thread at a time.</summary>
internal sealed class LifetimeTable
{
    /// <summary>Up to so many a look at each is faster than a hash.</summary>
    private const int Searched = 16;

    private readonly List<(long Ttl, long Expires)> _lifetimes = [];
    private readonly Dictionary<(long Ttl, long Expires), int> _numbers = [];

    public int Count => _lifetimes.Count;

    public (long Ttl, long Expires) this[int number] => _lifetimes[number];

    public void Clear()
    {
        _lifetimes.Clear();
        _numbers.Clear();
    }

    /// <summary>The number of a lifetime, which is noted if it is new.</summary>
    public int NumberOf(long ttl, long expires)
    {
        var lifetime = (ttl, expires);
        for (var i = 0; i < _lifetimes.Count && i < Searched; i++)
        {
            if (_lifetimes[i] == lifetime)
            {
                return i;
            }
        }

        if (_numbers.TryGetValue(lifetime, out var number))
        {
            return number;
        }

        number = _lifetimes.Count;
        _lifetimes.Add(lifetime);
        if (number >= Searched)
        {
            _numbers.Add(lifetime, number);
        }

        return number;
    }
}

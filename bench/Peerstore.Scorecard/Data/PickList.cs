namespace Peerstore.Scorecard.Data;

/// <summary>Which peers are asked for, drawn beforehand: all of them in random order, and again from the beginning.</summary>
/// <remarks>
/// As many consecutive picks as there are peers are all different, so that an operation that uses its peer up can be
/// timed in batches; and no peer comes again while it may still be in a cache.
/// </remarks>
internal sealed class PickList
{
    private readonly int[] _numbers;
    private int _next;

    /// <summary>Draws.</summary>
    /// <param name="peers">How many peers there are.</param>
    /// <param name="seed">What the order depends on.</param>
    public PickList(int peers, int seed)
    {
        _numbers = new int[peers];
        var chance = new SplitMix64((ulong)(uint)seed);
        for (var i = 1; i < peers; i++)
        {
            var other = chance.Next(i + 1);
            _numbers[i] = _numbers[other];
            _numbers[other] = i;
        }
    }

    /// <summary>The number of peers.</summary>
    public int Peers => _numbers.Length;

    /// <summary>Takes the next picks.</summary>
    /// <param name="destination">Where they go; at most <see cref="Peers"/>.</param>
    public void Take(Span<int> destination)
    {
        var first = Math.Min(destination.Length, _numbers.Length - _next);
        _numbers.AsSpan(_next, first).CopyTo(destination);
        _numbers.AsSpan(0, destination.Length - first).CopyTo(destination[first..]);
        _next = (_next + destination.Length) % _numbers.Length;
    }
}

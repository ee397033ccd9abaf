namespace Libp2p.Peerstore;

/// <summary>How near the nearest end of each shard is, to be looked at without their gates.</summary>
/// <remarks>
/// A shard publishes under its gate; what stands here is never later than what is true, except for a change that is under
/// way. Whoever acts on it asks the shard. Thread-safe.
/// </remarks>
internal sealed class EndFronts
{
    /// <summary>So far may a clock be set back before ends can no longer be told from each other.</summary>
    private const long ClockReserve = 10 * 365 * TimeSpan.TicksPerDay;

    private readonly long[][] _ticks;

    public EndFronts(int shards, long now)
    {
        // Well before, because a clock may be set back; the range of a tick is 28 years.
        Origin = Math.Max(0, now - ClockReserve);
        // A queue that nobody has asked for yet is not filled: its shard must be asked.
        _ticks = [.. Enum.GetValues<EndKind>().Select(_ => Enumerable.Repeat(long.MinValue, shards).ToArray())];
    }

    /// <summary>The time from which the ticks of all queues are counted.</summary>
    public long Origin { get; }

    public void Publish(EndKind kind, int shard, long tick) => Volatile.Write(ref _ticks[(int)kind][shard], tick);

    public long Read(EndKind kind, int shard) => Volatile.Read(ref _ticks[(int)kind][shard]);

    /// <summary>Copies what is published.</summary>
    public void CopyTo(EndKind kind, Span<long> ticks) => _ticks[(int)kind].CopyTo(ticks);
}

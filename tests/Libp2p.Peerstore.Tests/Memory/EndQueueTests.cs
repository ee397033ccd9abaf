namespace Libp2p.Peerstore.Tests;

public class EndQueueTests
{
    private static readonly long Origin = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    [Fact]
    public void Entries_come_by_time_whatever_the_order_they_went_in()
    {
        var (queue, random, times) = (new EndQueue(Origin, new()), new Random(11), new List<long>());
        for (var i = 0; i < 20_000; i++)
        {
            var time = Origin + random.NextInt64(TimeSpan.TicksPerDay);
            queue.Add((uint)i << 8, time);
            times.Add(queue.TickOf(time));
            if (random.Next(3) == 0)
            {
                times.Remove(times.Min());
                queue.Take();
            }

            if (times.Count > 200)
            {
                break;
            }
        }

        foreach (var tick in times.Order())
        {
            Assert.Equal(tick, queue.FirstTick);
            Assert.Equal(tick, queue.Take().Tick);
        }

        Assert.Equal(long.MaxValue, queue.FirstTick);
    }

    [Fact]
    public void Entries_that_are_the_same_are_taken_as_one()
    {
        var queue = new EndQueue(Origin, new());
        for (var i = 0; i < 5; i++)
        {
            queue.Add(7u << 8, Origin + TimeSpan.TicksPerSecond);
            queue.Add(9u << 8, Origin + TimeSpan.TicksPerSecond);
        }

        Assert.Equal(7u, queue.TakeSame().Prefix);
        Assert.Equal(9u, queue.TakeSame().Prefix);
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void A_queue_is_half_full_at_least_when_most_entries_have_been_taken()
    {
        var queue = new EndQueue(Origin, new());
        for (var i = 0; i < 4_300; i++)
        {
            queue.Add((uint)i << 8, Origin + (i * TimeSpan.TicksPerSecond));
        }

        while (queue.Count > 8)
        {
            Assert.Equal(4_300 - queue.Count, (int)queue.Take().Prefix);
            queue.TrimExcess();
            Assert.True(queue.Capacity <= (2 * queue.Count) + 1 || queue.Capacity == 16, $"{queue.Count} entries in {queue.Capacity}");
        }
    }

    [Fact]
    public void Times_out_of_range_count_as_the_nearest_within_it()
    {
        var queue = new EndQueue(Origin, new());
        Assert.Equal(0, queue.TickOf(Origin - 1));
        Assert.Equal(0, queue.TickOf(0));
        Assert.Equal(queue.TickOf(long.MaxValue), queue.TickOf(DateTime.MaxValue.Ticks));
        Assert.True(queue.TickOf(Origin + (TimeSpan.TicksPerDay * 365 * 20)) < queue.TickOf(long.MaxValue));
    }
}

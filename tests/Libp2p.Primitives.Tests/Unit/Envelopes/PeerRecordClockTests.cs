namespace Libp2p.Tests;

public sealed class PeerRecordClockTests
{
    private readonly SettableTime _time = new() { Now = DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_000) };

    [Fact]
    public void A_number_is_the_time_in_nanoseconds()
    {
        Assert.Equal(1_700_000_000_000_000_000UL, new PeerRecordClock(0, _time).Next());
    }

    [Fact]
    public void Numbers_rise_while_the_clock_stands_or_goes_back()
    {
        var clock = new PeerRecordClock(0, _time);
        var first = clock.Next();
        var second = clock.Next();
        _time.Now -= TimeSpan.FromDays(1);
        var third = clock.Next();
        _time.Now += TimeSpan.FromDays(2);
        var fourth = clock.Next();

        Assert.Equal([first, first + 1, first + 2], [first, second, third]);
        Assert.True(fourth > third + 1);
        Assert.Equal(fourth, clock.Last);
    }

    [Fact]
    public void The_last_number_before_a_restart_is_exceeded()
    {
        const ulong Future = 9_000_000_000_000_000_000;

        Assert.Equal(Future + 1, new PeerRecordClock(Future, _time).Next());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(20_000_000_000)]
    public void A_time_that_is_no_number_of_nanoseconds_counts_one_up(long unixSeconds)
    {
        _time.Now = DateTimeOffset.UnixEpoch.AddSeconds(unixSeconds);

        Assert.Equal(6UL, new PeerRecordClock(5, _time).Next());
    }

    [Fact]
    public void Behind_the_highest_number_there_is_none()
    {
        var clock = new PeerRecordClock(ulong.MaxValue - 1, _time);

        Assert.Equal(ulong.MaxValue, clock.Next());
        Assert.Throws<InvalidOperationException>(() => clock.Next());
        Assert.Equal(ulong.MaxValue, clock.Last);
    }

    [Fact]
    public void Threads_never_get_the_same_number()
    {
        var clock = new PeerRecordClock(0, _time);
        var numbers = new ulong[10_000];

        Parallel.For(0, numbers.Length, i => numbers[i] = clock.Next());

        Assert.Equal(numbers.Length, numbers.Distinct().Count());
    }

    [Fact]
    public void The_system_s_clock_is_the_default()
    {
        Assert.True(new PeerRecordClock().Next() > 1_700_000_000_000_000_000UL);
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(1_000UL)]
    [InlineData(1_000_000_000UL)]
    public void A_number_is_from_the_future_if_it_is_a_time_further_ahead_than_allowed(ulong perSecond)
    {
        const ulong Latest = 1_700_000_060;
        Assert.False(PeerRecordClock.IsFuture(Latest * perSecond, _time.Now, TimeSpan.FromMinutes(1)));
        Assert.True(PeerRecordClock.IsFuture((Latest * perSecond) + 1, _time.Now, TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(3, false)]
    [InlineData(999_999_999, false)]
    [InlineData(9_999_999_999, true)]
    [InlineData(10_000_000_000, false)]
    [InlineData(999_999_999_999, false)]
    [InlineData(9_999_999_999_999, true)]
    [InlineData(10_000_000_000_000, false)]
    [InlineData(999_999_999_999_999_999, false)]
    [InlineData(1_000_000_000_000_000_000, false)]
    [InlineData(10_000_000_000_000_000_000, true)]
    [InlineData(ulong.MaxValue, true)]
    public void A_number_of_another_length_than_todays_times_is_a_count(ulong sequence, bool isFuture) =>
        Assert.Equal(isFuture, PeerRecordClock.IsFuture(sequence, _time.Now, TimeSpan.FromDays(1)));

    [Fact]
    public void Any_span_and_any_clock_can_be_asked_about()
    {
        Assert.False(PeerRecordClock.IsFuture(ulong.MaxValue, _time.Now, TimeSpan.MaxValue));
        Assert.True(PeerRecordClock.IsFuture(ulong.MaxValue, DateTimeOffset.MinValue, TimeSpan.MinValue));
        Assert.True(PeerRecordClock.IsFuture(1_000_000_000, DateTimeOffset.MinValue, TimeSpan.Zero));
        Assert.False(PeerRecordClock.IsFuture(ulong.MaxValue, DateTimeOffset.MaxValue, TimeSpan.Zero));
    }

    private sealed class SettableTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>The clock of the tests.</summary>
public sealed class ManualTimeProviderTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _clock = new();
    private readonly List<DateTimeOffset> _fired = [];
    private readonly DateTimeOffset _start;

    public ManualTimeProviderTests() => _start = _clock.GetUtcNow();

    [Fact]
    public void Time_stands_still_until_it_is_advanced()
    {
        var timestamp = _clock.GetTimestamp();
        Assert.Equal(_start, _clock.GetUtcNow());

        _clock.Advance(Second);

        Assert.Equal(_start + Second, _clock.GetUtcNow());
        Assert.Equal(Second, _clock.GetElapsedTime(timestamp));
    }

    [Fact]
    public void Time_does_not_run_backwards() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(-Second));

    [Fact]
    public void Setting_the_clock_lets_no_time_pass()
    {
        using var timer = Start(Second, Timeout.InfiniteTimeSpan);

        _clock.SetUtcNow(_start - TimeSpan.FromDays(1));
        _clock.SetUtcNow(_start + TimeSpan.FromDays(1));

        Assert.Empty(_fired);
        Assert.Equal(0, _clock.GetTimestamp());
        Assert.Equal(_start + TimeSpan.FromDays(1), _clock.GetUtcNow());
    }

    [Fact]
    public void A_timer_fires_once_at_its_own_instant()
    {
        using var timer = Start(Second, Timeout.InfiniteTimeSpan);

        _clock.Advance(Second - TimeSpan.FromTicks(1));
        Assert.Empty(_fired);
        _clock.Advance(10 * Second);

        Assert.Equal([_start + Second], _fired);
    }

    [Fact]
    public void A_periodic_timer_fires_at_each_of_its_instants()
    {
        using var timer = Start(Second, 2 * Second);

        _clock.Advance(6 * Second);

        Assert.Equal([_start + Second, _start + 3 * Second, _start + 5 * Second], _fired);
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_due_times()
    {
        var order = new List<string>();
        using var late = _clock.CreateTimer(_ => order.Add("late"), state: null, 2 * Second, Timeout.InfiniteTimeSpan);
        using var early = _clock.CreateTimer(_ => order.Add("early"), state: null, Second, Timeout.InfiniteTimeSpan);

        _clock.Advance(3 * Second);

        Assert.Equal(["early", "late"], order);
    }

    [Fact]
    public void A_timer_that_is_due_at_once_fires_at_once()
    {
        using var timer = Start(TimeSpan.Zero, Second);
        Assert.Equal([_start], _fired);

        _clock.Advance(Second);

        Assert.Equal([_start, _start + Second], _fired);
    }

    [Fact]
    public void A_changed_timer_forgets_its_former_due_time()
    {
        using var timer = Start(Second, Second);

        Assert.True(timer.Change(5 * Second, Timeout.InfiniteTimeSpan));
        _clock.Advance(4 * Second);
        Assert.Empty(_fired);
        _clock.Advance(4 * Second);
        Assert.Equal([_start + 5 * Second], _fired);

        Assert.True(timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Single(_fired);
    }

    [Fact]
    public async Task A_disposed_timer_never_fires_and_cannot_be_changed()
    {
        var timer = Start(Second, Second);

        await timer.DisposeAsync();
        _clock.Advance(5 * Second);

        Assert.Empty(_fired);
        Assert.False(timer.Change(Second, Second));
    }

    [Fact]
    public void A_callback_may_stop_its_own_timer_and_arm_others()
    {
        ITimer? timer = null;
        ITimer? other = null;
        timer = _clock.CreateTimer(
            _ =>
            {
                timer!.Dispose();
                other = Start(Second, Timeout.InfiniteTimeSpan);
            },
            state: null,
            Second,
            Second);

        _clock.Advance(10 * Second);

        Assert.Equal([_start + 2 * Second], _fired);
        other!.Dispose();
    }

    [Fact]
    public async Task Delays_and_timeouts_of_the_platform_follow_the_clock()
    {
        var token = TestContext.Current.CancellationToken;
        var delay = Task.Delay(Second, _clock, token);
        using var timeout = new CancellationTokenSource(2 * Second, _clock);
        Assert.False(delay.IsCompleted);

        _clock.Advance(Second);
        await delay;
        Assert.False(timeout.IsCancellationRequested);

        _clock.Advance(Second);
        Assert.True(timeout.IsCancellationRequested);
    }

    private ITimer Start(TimeSpan due, TimeSpan period) =>
        _clock.CreateTimer(_ => _fired.Add(_clock.GetUtcNow()), state: null, due, period);
}

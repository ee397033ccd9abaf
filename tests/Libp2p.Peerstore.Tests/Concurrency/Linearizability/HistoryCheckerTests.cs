using System.Globalization;

namespace Libp2p.Peerstore.Tests;

/// <summary>The checker on a register of one number: a proof that it can say no.</summary>
public class HistoryCheckerTests
{
    [Fact]
    public void A_read_that_overlaps_a_write_may_see_either_value()
    {
        Assert.True(Holds(Write(1, 4, 7), Read(2, 3, 0)));
        Assert.True(Holds(Write(1, 4, 7), Read(2, 3, 7)));
        Assert.False(Holds(Write(1, 4, 7), Read(2, 3, 8)));
    }

    [Fact]
    public void A_read_after_a_write_that_sees_the_former_value_is_refuted()
    {
        Assert.True(Holds(Write(1, 2, 7), Read(3, 4, 7)));
        Assert.False(Holds(Write(1, 2, 7), Read(3, 4, 0)));
    }

    [Fact]
    public void A_value_that_was_seen_cannot_become_unseen()
    {
        Assert.True(Holds(Write(1, 8, 7), Read(2, 3, 0), Read(4, 5, 7)));
        Assert.False(Holds(Write(1, 8, 7), Read(2, 3, 7), Read(4, 5, 0)));
    }

    [Fact]
    public void An_increment_that_is_lost_is_refuted()
    {
        Assert.True(Holds(Increment(1, 3, 2), Increment(2, 4, 1)));
        Assert.False(Holds(Increment(1, 3, 1), Increment(2, 4, 1)));
    }

    [Fact]
    public async Task A_register_that_reads_and_writes_in_two_steps_is_refuted()
    {
        var register = 0;
        using var both = new Barrier(2);
        var recorder = new HistoryRecorder<int>();
        await Task.WhenAll(RunAsync(), RunAsync());

        Assert.False(HistoryChecker<int>.IsLinearizable(0, recorder.TakeHistory()));

        Task RunAsync() => Task.Factory.StartNew(
            () => recorder.Record("increment", IncrementInTwoSteps, static value => (value + 1, Text(value + 1))),
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        string IncrementInTwoSteps()
        {
            var read = register;
            both.SignalAndWait();
            register = read + 1;
            return Text(read + 1);
        }
    }

    [Fact]
    public void Many_overlapping_calls_are_decided_quickly_by_the_memory()
    {
        // Without it the search would try 14! orders.
        Call<int>[] writes = [.. Enumerable.Range(0, 14).Select(static i => Write(i, 100 + i, i % 3))];
        Assert.True(Holds([.. writes, Read(200, 201, 1)]));
        Assert.False(Holds([.. writes, Read(200, 201, 3)]));
    }

    private static bool Holds(params Call<int>[] history) => HistoryChecker<int>.IsLinearizable(0, history);

    private static Call<int> Write(long from, long to, int value) => new(from, to, $"write {value}", "", _ => (value, ""));

    private static Call<int> Read(long from, long to, int seen) => new(from, to, "read", Text(seen), static value => (value, Text(value)));

    private static Call<int> Increment(long from, long to, int seen) =>
        new(from, to, "increment", Text(seen), static value => (value + 1, Text(value + 1)));

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}

using Peerstore.CrashHarness;

namespace Libp2p.Peerstore.Tests;

/// <summary>That a soak would notice.</summary>
public class SoakVerdictTests
{
    private const long Much = 100_000_000;

    private static readonly SoakSettings Settings = new() { WarmUp = 2, Tolerance = 0.1 };

    [Fact]
    public void Nothing_is_wrong_with_a_life_whose_counters_and_answers_are_right() =>
        Assert.Empty(SoakVerdict.OfLife(new SoakSample { Operations = 5, Peers = 3 }));

    [Fact]
    public void Counters_answers_and_losses_are_told_apart()
    {
        var sample = new SoakSample { Faults = ["3 peers are held and 4 are counted"], Wrong = 2, Lost = 7 };
        Assert.Equal(
            ["3 peers are held and 4 are counted", "2 answers were wrong", "7 acknowledged operations were lost by an orderly close"],
            SoakVerdict.OfLife(sample));
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(109, true)]
    [InlineData(112, false)]
    [InlineData(50, true)]
    public void What_grows_beyond_the_tolerance_is_found(int percent, bool isFine)
    {
        foreach (var measure in (Func<long, SoakSample>[])[Resident, Managed, File, Log])
        {
            long[] values = [1, 1, Much, Much, Much * percent / 100, Much * percent / 100];
            Assert.Equal(isFine ? 0 : 1, SoakVerdict.OfTrend([.. values.Select(measure)], Settings).Count());
        }
    }

    [Fact]
    public void The_warm_up_and_a_process_that_is_older_each_other_time_are_no_growth()
    {
        long[] values = [10, 20, Much, 2 * Much, Much, 2 * Much, Much, 2 * Much];
        Assert.Empty(SoakVerdict.OfTrend([.. values.Select(Resident)], Settings));
    }

    [Fact]
    public void Too_few_lives_tell_no_trend() =>
        Assert.Empty(SoakVerdict.OfTrend([.. new long[] { 1, 1, 1, 1, Much }.Select(Resident)], Settings));

    [Fact]
    public void A_sample_is_read_as_it_was_written_and_other_lines_are_none()
    {
        var sample = Resident(Much) with { Faults = ["something"], Seconds = 1.5 };
        Assert.True(SoakSample.TryParse(sample.ToString(), out var read));
        Assert.Equal(sample.Faults, read.Faults);
        Assert.Equal(sample, read with { Faults = sample.Faults });
        Assert.False(SoakSample.TryParse("12 34.", out _));
        Assert.False(SoakSample.TryParse("", out _));
    }

    private static SoakSample Resident(long bytes) => new() { Resident = bytes };

    private static SoakSample Managed(long bytes) => new() { Managed = bytes };

    private static SoakSample File(long bytes) => new() { File = bytes };

    private static SoakSample Log(long bytes) => new() { Log = bytes };
}

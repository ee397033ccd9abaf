using Peerstore.Scorecard.Measuring;

namespace Peerstore.Scorecard.Tests;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Nothing_counted_is_nothing()
    {
        var histogram = new LatencyHistogram();
        Assert.Equal((0, 0, 0, 0.0), (histogram.Count, histogram.Max, histogram.Quantile(0.5), histogram.Mean));
    }

    [Fact]
    public void Small_values_are_exact()
    {
        var histogram = Of(Enumerable.Range(1, 100).Select(static value => (long)value));
        Assert.Equal(50, histogram.Quantile(0.5));
        Assert.Equal(99, histogram.Quantile(0.99));
        Assert.Equal(100, histogram.Quantile(1));
        Assert.Equal(50.5, histogram.Mean);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(123_456_789)]
    [InlineData(1L << 61)]
    public void A_quantile_is_at_most_a_64th_too_high_and_never_too_low(long value)
    {
        // The maximum would be exact anyhow.
        var histogram = Of([value, long.MaxValue]);
        Assert.InRange(histogram.Quantile(0.5), value, value + (value / 64));
    }

    [Fact]
    public void The_maximum_is_exact()
    {
        var histogram = Of([5, 1_000_003, 7]);
        Assert.Equal(1_000_003, histogram.Max);
        Assert.Equal(1_000_003, histogram.Quantile(1));
    }

    [Fact]
    public void A_clock_that_goes_back_counts_as_nothing() => Assert.Equal(0, Of([-5]).Quantile(1));

    [Fact]
    public void Two_that_are_merged_are_as_one_that_counted_all()
    {
        var merged = Of([1, 2, 3]);
        merged.Merge(Of([1_000, 2_000]));
        var all = Of([1, 2, 3, 1_000, 2_000]);
        Assert.Equal((all.Count, all.Max, all.Mean), (merged.Count, merged.Max, merged.Mean));
        Assert.Equal(all.Quantile(0.8), merged.Quantile(0.8));
    }

    private static LatencyHistogram Of(IEnumerable<long> values)
    {
        var histogram = new LatencyHistogram();
        foreach (var value in values)
        {
            histogram.Add(value);
        }

        return histogram;
    }
}

using Peerstore.Scorecard.Measuring;

namespace Peerstore.Scorecard.Tests;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(new[] { 7.0 }, 7)]
    [InlineData(new[] { 9.0, 1, 2 }, 2)]
    [InlineData(new[] { 4.0, 1, 3, 100 }, 3.5)]
    public void The_median_is_in_the_middle(double[] values, double median) => Assert.Equal(median, Statistics.Median(values));

    [Fact]
    public void Nothing_has_no_median() => Assert.Throws<ArgumentOutOfRangeException>(() => Statistics.Median([]));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.000123456, 0.0001235)]
    [InlineData(12.3456, 12.35)]
    [InlineData(-12.3456, -12.35)]
    [InlineData(9999.6, 10000)]
    [InlineData(1234567, 1235000)]
    [InlineData(double.NaN, 0)]
    [InlineData(double.PositiveInfinity, 0)]
    public void Figures_have_four_digits(double value, double rounded) => Assert.Equal(rounded, Statistics.Rounded(value));
}

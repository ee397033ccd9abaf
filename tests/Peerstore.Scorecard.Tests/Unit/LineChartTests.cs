using System.Xml.Linq;
using Peerstore.Scorecard.Plots;

namespace Peerstore.Scorecard.Tests;

public sealed class LineChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly PlotTitles Titles = new("A <title> & more", "peers", "ns");

    [Fact]
    public void A_chart_is_well_formed_and_says_what_it_shows()
    {
        var chart = Draw(new("a", [new(1_000, 10), new(1_000_000, 30)]), new("b", [new(1_000, 20)]));
        string[] texts = [.. chart.Descendants(Svg + "text").Select(static text => text.Value)];
        Assert.Subset(texts.ToHashSet(StringComparer.Ordinal), new HashSet<string>(["A <title> & more", "peers", "ns", "a", "b", "1k", "1M", "0", "30"], StringComparer.Ordinal));
        Assert.Equal(2, chart.Descendants(Svg + "polyline").Count());
        Assert.Equal(3, chart.Descendants(Svg + "circle").Count());
    }

    [Fact]
    public void Tenfold_steps_are_equally_wide_and_higher_is_further_up()
    {
        var chart = Draw(new PlotSeries("a", [new(10, 1), new(100, 2), new(1_000, 4)]));
        double[][] points =
        [
            .. chart.Descendants(Svg + "polyline").Single().Attribute("points")!.Value.Split(' ')
                .Select(static point => point.Split(',').Select(double.Parse).ToArray()),
        ];
        Assert.Equal(points[1][0] - points[0][0], points[2][0] - points[1][0], tolerance: 0.2);
        Assert.True(points[0][1] > points[1][1] && points[1][1] > points[2][1]);
    }

    [Fact]
    public void One_point_makes_a_chart_too() =>
        Assert.Single(Draw(new PlotSeries("a", [new(8, 0)])).Descendants(Svg + "circle"));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.7, 0.8)]
    [InlineData(1, 1)]
    [InlineData(9.5, 10)]
    [InlineData(1_234_000, 1_500_000)]
    public void The_axis_ends_at_a_round_number(double highest, double top) =>
        Assert.Equal(top, LineChart.NiceTop(highest), tolerance: 1e-6);

    private static XDocument Draw(params PlotSeries[] series) => XDocument.Parse(new LineChart(Titles, series).Draw());
}

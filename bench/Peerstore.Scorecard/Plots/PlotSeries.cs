using Peerstore.Scorecard.Measuring;

namespace Peerstore.Scorecard.Plots;

/// <summary>A line with its name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Points">The points, from left to right.</param>
internal sealed record PlotSeries(string Name, IReadOnlyList<PlotPoint> Points)
{
    /// <summary>Makes a line of measurements; of several at one place, the median counts.</summary>
    /// <param name="name">The name.</param>
    /// <param name="points">The measurements.</param>
    public static PlotSeries Of(string name, IEnumerable<PlotPoint> points) => new(
        name,
        [
            .. points.GroupBy(static point => point.X)
                .OrderBy(static group => group.Key)
                .Select(static group => new PlotPoint(group.Key, Statistics.Median(group.Select(static point => point.Y)))),
        ]);
}

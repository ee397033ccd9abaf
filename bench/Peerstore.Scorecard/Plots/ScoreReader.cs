using System.Text.Json;

namespace Peerstore.Scorecard.Plots;

/// <summary>Reads lines that the scorecard printed.</summary>
internal sealed class ScoreReader
{
    private readonly List<(string Name, PlotPoint Point)> _costs = [];
    private readonly List<PlotPoint> _throughput = [];

    /// <summary>The time of an operation by the number of peers, a line for each operation, and the floor.</summary>
    /// <param name="names">The operations.</param>
    public IReadOnlyList<PlotSeries> CostsByPeers(params string[] names) =>
    [
        .. names.Select(name => PlotSeries.Of(name, _costs
                .Where(cost => string.Equals(cost.Name, name, StringComparison.Ordinal))
                .Select(static cost => cost.Point)))
            .Where(static series => series.Points.Count > 0),
    ];

    /// <summary>Operations per second by the number of threads.</summary>
    public PlotSeries ThroughputByThreads => PlotSeries.Of("mixed", _throughput);

    /// <summary>Reads a line; one that says nothing of interest here is passed over.</summary>
    /// <param name="line">The line.</param>
    /// <exception cref="ScorecardException">It is not a line of the scorecard.</exception>
    public void Read(string line)
    {
        if (line.Length == 0)
        {
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ScorecardException($"This is not a line of the scorecard: {line}");
        }
    }

    private void Read(JsonElement line)
    {
        switch (line.GetProperty("bench").GetString())
        {
            case "op":
                _costs.Add((line.GetProperty("op").GetString()!, new(Number(line, "peers"), Number(line, "nsPerOp"))));
                break;
            case "floor":
                _costs.Add(("floor", new(Number(line, "peers"), Number(line, "nsPerOp"))));
                break;
            case "mixed":
                _throughput.Add(new(Number(line, "threads"), Number(line, "opsPerSecond")));
                break;
            default:
                break;
        }
    }

    private static double Number(JsonElement line, string name) => line.GetProperty(name).GetDouble();
}

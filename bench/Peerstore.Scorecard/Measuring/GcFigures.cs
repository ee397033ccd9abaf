namespace Peerstore.Scorecard.Measuring;

/// <summary>Collections and their pauses.</summary>
internal sealed record GcFigures
{
    /// <summary>Collections of generation 0 and above.</summary>
    public int Gen0 { get; init; }

    /// <summary>Collections of generation 1 and above.</summary>
    public int Gen1 { get; init; }

    /// <summary>Collections of everything.</summary>
    public int Gen2 { get; init; }

    /// <summary>Milliseconds that all threads stood still.</summary>
    public double PauseMs { get; init; }

    /// <summary>The longest of the pauses.</summary>
    public double LongestPauseMs { get; init; }
}

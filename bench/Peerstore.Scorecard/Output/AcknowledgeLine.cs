using Peerstore.Scorecard.Measuring;

namespace Peerstore.Scorecard.Output;

/// <summary>Writes that are on the disk when they complete, beside bare commits in the same seconds.</summary>
internal sealed record AcknowledgeLine : ScoreLine
{
    /// <inheritdoc/>
    public override string Bench => "acknowledge";

    /// <summary>Callers, each of whom awaits its writes one by one.</summary>
    public required int Callers { get; init; }

    /// <summary>The bytes of a row, in both files, without its key.</summary>
    public required int RowBytes { get; init; }

    /// <summary>The writes.</summary>
    public required ReaderFigures Writes { get; init; }

    /// <summary>The bare commits.</summary>
    public required ReaderFigures Commits { get; init; }

    /// <summary>Writes of all callers together.</summary>
    public required double WritesPerSecond { get; init; }

    /// <summary>Writes in the time of one bare commit: how many share one.</summary>
    public required double WritesPerCommitTime { get; init; }

    /// <summary>The median write as a multiple of the median commit.</summary>
    public required double P50Ratio { get; init; }

    /// <summary>The mean write as a multiple of the mean commit.</summary>
    public required double Ratio { get; init; }
}

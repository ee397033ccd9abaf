using Peerstore.Scorecard.Measuring;

namespace Peerstore.Scorecard.Output;

/// <summary>Reads while another thread writes new peers at full speed.</summary>
internal sealed record ReadingLine : ScoreLine
{
    /// <inheritdoc/>
    public override string Bench => "reading-while-writing";

    /// <summary>The store in memory, or how the file is written.</summary>
    public required string Of { get; init; }

    /// <summary>Peers in the store at the beginning.</summary>
    public required int Peers { get; init; }

    /// <summary>New peers meanwhile.</summary>
    public required double WrittenPerSecond { get; init; }

    /// <summary>The reads.</summary>
    public required ReaderFigures Reads { get; init; }

    /// <summary>The collector meanwhile.</summary>
    public required GcFigures Gc { get; init; }

    /// <summary>The floor.</summary>
    public required double FloorNs { get; init; }

    /// <summary>The mean read as a multiple of the floor.</summary>
    public required double Ratio { get; init; }

    /// <summary>The same without the time that others had the cores: what is the store's. Nothing where the system does not say.</summary>
    public double? RunningRatio { get; init; }
}

namespace Peerstore.Scorecard.Output;

/// <summary>One operation.</summary>
internal sealed record OperationLine : ScoreLine
{
    /// <inheritdoc/>
    public override string Bench => "op";

    /// <summary>Its name.</summary>
    public required string Op { get; init; }

    /// <summary>Nanoseconds for each.</summary>
    public required double NsPerOp { get; init; }

    /// <summary>Bytes allocated for each.</summary>
    public required double BytesPerOp { get; init; }

    /// <summary>Objects allocated for each; nothing where they could not be counted.</summary>
    public double? AllocsPerOp { get; init; }

    /// <summary>Peers in the store.</summary>
    public required int Peers { get; init; }

    /// <summary>The floor beside it.</summary>
    public required double FloorNs { get; init; }

    /// <summary>The time as a multiple of the floor.</summary>
    public required double Ratio { get; init; }
}

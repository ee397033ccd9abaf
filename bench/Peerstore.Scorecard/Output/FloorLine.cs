namespace Peerstore.Scorecard.Output;

/// <summary>The floor by itself.</summary>
internal sealed record FloorLine : ScoreLine
{
    /// <inheritdoc/>
    public override string Bench => "floor";

    /// <summary>Nanoseconds for each look-up.</summary>
    public required double NsPerOp { get; init; }

    /// <summary>Peers in the table.</summary>
    public required int Peers { get; init; }
}

namespace Peerstore.Scorecard.Output;

/// <summary>A bare transaction of SQLite.</summary>
internal sealed record CommitLine : ScoreLine
{
    /// <inheritdoc/>
    public override string Bench => "commit";

    /// <summary>Nanoseconds for each.</summary>
    public required double NsPerCommit { get; init; }
}

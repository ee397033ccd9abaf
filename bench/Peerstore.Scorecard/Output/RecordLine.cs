using Peerstore.Scorecard.Measuring;

namespace Peerstore.Scorecard.Output;

/// <summary>One thing that becomes of a signed record.</summary>
internal sealed record RecordLine : ScoreLine
{
    /// <inheritdoc/>
    public override string Bench => "record";

    /// <summary>What.</summary>
    public required string Op { get; init; }

    /// <summary>Nanoseconds for each.</summary>
    public required double NsPerOp { get; init; }

    /// <summary>Bytes allocated for each.</summary>
    public required double BytesPerOp { get; init; }

    /// <summary>Objects allocated for each; nothing where they could not be counted.</summary>
    public double? AllocsPerOp { get; init; }

    /// <summary>Peers in the store.</summary>
    public required int Peers { get; init; }

    /// <summary>Verification alone, in turns with the operation.</summary>
    public double? VerificationNs { get; init; }

    /// <summary>The time as a multiple of verification alone.</summary>
    public double? VerificationRatio { get; init; }

    /// <summary>The floor beside it.</summary>
    public required double FloorNs { get; init; }

    /// <summary>The time as a multiple of the floor.</summary>
    public required double Ratio { get; init; }

    /// <summary>Puts an operation beside verification.</summary>
    /// <param name="line">The operation.</param>
    /// <param name="verificationNs">Verification, unless the operation is that itself.</param>
    public static RecordLine Of(OperationLine line, double? verificationNs = null) => new()
    {
        Op = line.Op,
        NsPerOp = line.NsPerOp,
        BytesPerOp = line.BytesPerOp,
        AllocsPerOp = line.AllocsPerOp,
        Peers = line.Peers,
        VerificationNs = verificationNs,
        VerificationRatio = verificationNs is { } ns ? Statistics.Rounded(line.NsPerOp / ns) : null,
        FloorNs = line.FloorNs,
        Ratio = line.Ratio,
    };
}

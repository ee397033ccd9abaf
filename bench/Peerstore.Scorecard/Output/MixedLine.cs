using Peerstore.Scorecard.Measuring;

namespace Peerstore.Scorecard.Output;

/// <summary>Several threads that read and write.</summary>
internal sealed record MixedLine : ScoreLine
{
    /// <inheritdoc/>
    public override string Bench => "mixed";

    /// <summary>Threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Peers in the store.</summary>
    public required int Peers { get; init; }

    /// <summary>Operations of all threads together.</summary>
    public required double OpsPerSecond { get; init; }

    /// <summary>Half of the reads took no longer.</summary>
    public required long ReadP50Ns { get; init; }

    /// <summary>99 of 100 reads took no longer.</summary>
    public required long ReadP99Ns { get; init; }

    /// <summary>999 of 1,000 reads took no longer.</summary>
    public required long ReadP999Ns { get; init; }

    /// <summary>The longest read.</summary>
    public required long ReadMaxNs { get; init; }

    /// <summary>The collector meanwhile.</summary>
    public required GcFigures Gc { get; init; }

    /// <summary>The floor just before, on one thread.</summary>
    public required double FloorNs { get; init; }

    /// <summary>Time of an operation, on as many cores as were at work, as a multiple of the floor.</summary>
    public required double Ratio { get; init; }
}

using Peerstore.Scorecard.Measuring;

namespace Peerstore.Scorecard.Output;

/// <summary>What a store gives back after a burst. Bytes are those above the process without the store.</summary>
internal sealed record ShrinkLine : ScoreLine
{
    /// <inheritdoc/>
    public override string Bench => "shrink";

    /// <summary>Peers of the burst, all of which expired.</summary>
    public required int Peers { get; init; }

    /// <summary>Peers that stay.</summary>
    public required int StayingPeers { get; init; }

    /// <summary>What those take in a store that never held more.</summary>
    public required ProcessMemory Need { get; init; }

    /// <summary>With all of the burst.</summary>
    public required ProcessMemory Peak { get; init; }

    /// <summary>When the sweep ended, with whatever garbage the reading thread has left.</summary>
    public required ProcessMemory Swept { get; init; }

    /// <summary>After a collection of everything as well.</summary>
    public required ProcessMemory Collected { get; init; }

    /// <summary>How long one call of the sweep took.</summary>
    public required double SweepMs { get; init; }

    /// <summary>What another thread saw meanwhile.</summary>
    public required ReaderFigures Reads { get; init; }

    /// <summary>The collector meanwhile.</summary>
    public required GcFigures Gc { get; init; }

    /// <summary>Memory outside of the collector's heap as a multiple of the need.</summary>
    public required double NativeRatio { get; init; }

    /// <summary>Live objects as a multiple of the need.</summary>
    public required double ManagedRatio { get; init; }

    /// <summary>Resident memory when the sweep ended as a multiple of the need.</summary>
    public required double SweptRatio { get; init; }

    /// <summary>Resident memory after a collection as a multiple of the need.</summary>
    public required double Ratio { get; init; }
}

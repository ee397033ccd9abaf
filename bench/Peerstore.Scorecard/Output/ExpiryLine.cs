using Peerstore.Scorecard.Measuring;

namespace Peerstore.Scorecard.Output;

/// <summary>Many addresses that expire at once.</summary>
internal sealed record ExpiryLine : ScoreLine
{
    /// <inheritdoc/>
    public override string Bench => "expiry";

    /// <summary>Peers of which everything expired.</summary>
    public required int Peers { get; init; }

    /// <summary>Addresses that expired.</summary>
    public required int Addresses { get; init; }

    /// <summary>Peers that live on.</summary>
    public required int LivingPeers { get; init; }

    /// <summary>How long one call of the sweep took.</summary>
    public required double SweepMs { get; init; }

    /// <summary>What another thread saw meanwhile.</summary>
    public required ReaderFigures Reads { get; init; }

    /// <summary>What it saw for as long without a sweep: the machine's own part.</summary>
    public required ReaderFigures QuietReads { get; init; }

    /// <summary>The collector meanwhile.</summary>
    public required GcFigures Gc { get; init; }

    /// <summary>The sweep for each address.</summary>
    public required double NsPerAddress { get; init; }

    /// <summary>The floor.</summary>
    public required double FloorNs { get; init; }

    /// <summary>The sweep of an address as a multiple of the floor.</summary>
    public required double Ratio { get; init; }
}

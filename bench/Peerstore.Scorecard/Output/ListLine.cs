namespace Peerstore.Scorecard.Output;

/// <summary>An enumeration of all peers.</summary>
internal sealed record ListLine : ScoreLine
{
    /// <inheritdoc/>
    public override string Bench => "list";

    /// <summary>Of the store, or of its address book.</summary>
    public required string Of { get; init; }

    /// <summary>Peers in the store.</summary>
    public required int Peers { get; init; }

    /// <summary>From the first to the last.</summary>
    public required double Seconds { get; init; }

    /// <summary>Nanoseconds for each.</summary>
    public required double NsPerPeer { get; init; }

    /// <summary>The longest time between two.</summary>
    public required long LongestStepNs { get; init; }

    /// <summary>Bytes allocated for each.</summary>
    public required double BytesPerPeer { get; init; }

    /// <summary>The floor.</summary>
    public required double FloorNs { get; init; }

    /// <summary>The time for a peer as a multiple of the floor.</summary>
    public required double Ratio { get; init; }
}

using Peerstore.Scorecard.Measuring;

namespace Peerstore.Scorecard.Output;

/// <summary>What a full store takes.</summary>
internal sealed record MemoryLine : ScoreLine
{
    /// <inheritdoc/>
    public override string Bench => "memory";

    /// <summary>Peers in the store.</summary>
    public required int Peers { get; init; }

    /// <summary>Bytes of live objects.</summary>
    public required double ManagedBytesPerPeer { get; init; }

    /// <summary>Bytes in memory that the garbage collector knows nothing of.</summary>
    public required double NativeBytesPerPeer { get; init; }

    /// <summary>Both.</summary>
    public required double BytesPerPeer { get; init; }

    /// <summary>The bytes of the peer's ID and addresses, as they were received: no store needs less without loss.</summary>
    public required double FloorBytes { get; init; }

    /// <summary>Bytes as a multiple of that floor.</summary>
    public required double BytesRatio { get; init; }

    /// <summary>What the process has in memory after a collection.</summary>
    public required long ResidentBytes { get; init; }

    /// <summary>The store's part of loading, on one thread.</summary>
    public required double LoadSeconds { get; init; }

    /// <summary>Decoding the data, which is not part of it.</summary>
    public required double MakeSeconds { get; init; }

    /// <summary>The store's part for each peer.</summary>
    public required double LoadNsPerPeer { get; init; }

    /// <summary>The collector while loading.</summary>
    public required GcFigures LoadGc { get; init; }

    /// <summary>Refreshes of random peers per second, afterwards.</summary>
    public required double UpdatesPerSecond { get; init; }

    /// <summary>The collector while refreshing.</summary>
    public required GcFigures UpdateGc { get; init; }

    /// <summary>The floor at this size.</summary>
    public required double FloorNs { get; init; }

    /// <summary>Loading a peer as a multiple of the floor.</summary>
    public required double LoadRatio { get; init; }
}

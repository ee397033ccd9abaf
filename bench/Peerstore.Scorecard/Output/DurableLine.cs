namespace Peerstore.Scorecard.Output;

/// <summary>Peers written to a file, and read back when it is opened again.</summary>
internal sealed record DurableLine : ScoreLine
{
    /// <inheritdoc/>
    public override string Bench => "durable";

    /// <summary>How the file was written.</summary>
    public required string Mode { get; init; }

    /// <summary>Peers in the file.</summary>
    public required int Peers { get; init; }

    /// <summary>Sustained: data made, stored, and everything in the file at the end.</summary>
    public required double PeersPerSecond { get; init; }

    /// <summary>The calls of the store.</summary>
    public required double StoreSeconds { get; init; }

    /// <summary>Decoding the data.</summary>
    public required double MakeSeconds { get; init; }

    /// <summary>The wait for the file at the end.</summary>
    public required double FlushSeconds { get; init; }

    /// <summary>Opening the full file again.</summary>
    public required double ReopenSeconds { get; init; }

    /// <summary>Bytes of the closed file.</summary>
    public required double FileBytesPerPeer { get; init; }

    /// <summary>The file as a multiple of the IDs' and addresses' own bytes.</summary>
    public required double FileBytesRatio { get; init; }

    /// <summary>The floor: a bare commit of one row.</summary>
    public required double CommitNs { get; init; }

    /// <summary>Peers written in the time of one bare commit.</summary>
    public required double PeersPerCommitTime { get; init; }
}

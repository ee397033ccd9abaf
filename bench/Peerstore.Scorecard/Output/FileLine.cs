namespace Peerstore.Scorecard.Output;

/// <summary>What a closed file is filled with.</summary>
internal sealed record FileLine : ScoreLine
{
    /// <inheritdoc/>
    public override string Bench => "file";

    /// <summary>As it was written, or after a compaction.</summary>
    public required string Of { get; init; }

    /// <summary>Peers in the file.</summary>
    public required long Peers { get; init; }

    /// <summary>The file, into which all of the log has been written.</summary>
    public required long FileBytes { get; init; }

    /// <summary>The floor: the encoded bytes of all entries.</summary>
    public required long EntryBytes { get; init; }

    /// <summary>The keys of the rows, the peers' IDs.</summary>
    public required long IdBytes { get; init; }

    /// <summary>What SQLite puts before and between the values of a row, and the few rows that are no peers.</summary>
    public required long RowBytes { get; init; }

    /// <summary>Heads of pages, and the places of rows in them.</summary>
    public required long PageBytes { get; init; }

    /// <summary>Room in pages that no row stands in.</summary>
    public required long EmptyBytes { get; init; }

    /// <summary>Pages without rows: the rest of long ones, and free pages.</summary>
    public required long OtherBytes { get; init; }

    /// <summary>The file as a multiple of the entries.</summary>
    public required double Ratio { get; init; }
}

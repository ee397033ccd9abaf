namespace Libp2p.Peerstore.Sqlite;

/// <summary>What became of a file that was compacted.</summary>
/// <remarks>Immutable.</remarks>
public sealed record PeerstoreCompaction
{
    /// <summary>The bytes of the file and its log before.</summary>
    public required long BytesBefore { get; init; }

    /// <summary>The bytes of the file and its log after.</summary>
    public required long BytesAfter { get; init; }

    /// <summary>The peers of whom nothing was left.</summary>
    public required long PeersDropped { get; init; }

    /// <summary>The addresses that had ended, those of dropped peers included.</summary>
    public required long AddressesDropped { get; init; }
}

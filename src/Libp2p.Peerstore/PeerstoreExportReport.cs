namespace Libp2p.Peerstore;

/// <summary>What was exported.</summary>
/// <remarks>Immutable.</remarks>
public sealed record PeerstoreExportReport
{
    /// <summary>The peers that were written, one entry each.</summary>
    public required long Peers { get; init; }

    /// <summary>The private keys that were written, in clear.</summary>
    public required long PrivateKeys { get; init; }

    /// <summary>
    /// The private keys that were left out, see <see cref="PeerstoreExportOptions.PrivateKeysInClear"/>. A peer of whom nothing
    /// else is known is left out with its key.
    /// </summary>
    public required long PrivateKeysLeftOut { get; init; }

    /// <summary>The bytes that were written.</summary>
    public required long Bytes { get; init; }
}

namespace Libp2p.Peerstore;

/// <summary>What an export contains.</summary>
/// <remarks>Immutable; safe to share.</remarks>
public sealed record PeerstoreExportOptions
{
    /// <summary>
    /// Whether private keys are written, in clear: who has the export has them. Default false; they are left out and counted.
    /// </summary>
    public bool PrivateKeysInClear { get; init; }
}

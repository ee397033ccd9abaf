namespace Peerstore.Cli.Output;

/// <summary>What <c>export</c> wrote to a file.</summary>
/// <param name="File">The file, as it was named.</param>
/// <param name="Peers">How many peers are in it.</param>
/// <param name="Bytes">How long it is.</param>
internal sealed record ExportView(string File, long Peers, long Bytes)
{
    /// <summary>How many private keys are in it, in clear; null where the format has none.</summary>
    public long? PrivateKeys { get; init; }

    /// <summary>How many were left out.</summary>
    public long? PrivateKeysLeftOut { get; init; }
}

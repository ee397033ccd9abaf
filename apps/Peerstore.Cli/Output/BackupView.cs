namespace Peerstore.Cli.Output;

/// <summary>What <c>backup</c> made.</summary>
/// <param name="File">The file, as it was named.</param>
/// <param name="Bytes">How long it is.</param>
internal sealed record BackupView(string File, long Bytes);

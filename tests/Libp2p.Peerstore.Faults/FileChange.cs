namespace Libp2p.Peerstore.Faults;

/// <summary>One thing that was done to a file, and worked.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Path">To which file, with its folder.</param>
/// <param name="Offset">Where it was written, or the length it was cut to.</param>
/// <param name="Content">What was written or found.</param>
public sealed record FileChange(FileChangeKind Kind, string Path, long Offset = 0, ReadOnlyMemory<byte> Content = default);

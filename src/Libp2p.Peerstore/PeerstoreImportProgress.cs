namespace Libp2p.Peerstore;

/// <summary>How far an import has come.</summary>
/// <param name="Entries">How many entries were read, damaged ones included.</param>
/// <param name="Bytes">How many bytes were read.</param>
public readonly record struct PeerstoreImportProgress(long Entries, long Bytes);

namespace Libp2p.Peerstore;

/// <summary>A metadata value in bytes, and how they are to be read.</summary>
internal readonly record struct StoredValue(StoredValueKind Kind, byte[] Bytes);

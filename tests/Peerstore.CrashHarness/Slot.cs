namespace Peerstore.CrashHarness;

/// <summary>A value of a peer that operations overwrite: one of metadata, or one of metadata and an address as one edit.</summary>
internal readonly record struct Slot(int Peer, bool IsPair);

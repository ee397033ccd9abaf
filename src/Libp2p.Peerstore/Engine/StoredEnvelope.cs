namespace Libp2p.Peerstore;

/// <summary>The bytes of an envelope that may be stored already, and how long its addresses shall live.</summary>
internal readonly record struct StoredEnvelope(ReadOnlyMemory<byte> Envelope, TimeSpan Ttl);

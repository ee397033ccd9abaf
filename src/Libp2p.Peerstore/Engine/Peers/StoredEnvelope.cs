namespace Libp2p.Peerstore;

/// <summary>The bytes of an envelope that may be stored already, how long its addresses shall live, and under which rules.</summary>
internal readonly record struct StoredEnvelope(ReadOnlyMemory<byte> Envelope, TimeSpan Ttl, PeerstoreOptions Options);

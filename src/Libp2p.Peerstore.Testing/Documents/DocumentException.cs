namespace Libp2p.Peerstore.Testing;

/// <summary>A document that says something its kind does not allow, so that a part of it cannot be replayed.</summary>
internal sealed class DocumentException(string message) : FormatException(message);

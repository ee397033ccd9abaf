namespace Libp2p.Peerstore.Testing;

/// <summary>
/// A rule by which an answer of go-libp2p's is not, or not literally, the one wanted here. It looks at what a document
/// says, never at its name.
/// </summary>
/// <param name="Id">A short name.</param>
/// <param name="Reason">Why, in one sentence.</param>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed record ConformanceRule(string Id, string Reason);

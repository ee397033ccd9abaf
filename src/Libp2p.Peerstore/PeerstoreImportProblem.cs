namespace Libp2p.Peerstore;

/// <summary>An entry of an export that could not be read, or a part of one that was refused.</summary>
/// <param name="Entry">Which entry, from 1.</param>
/// <param name="Position">Where in the export it begins, in bytes.</param>
/// <param name="Peer">Whose it is said to be; <c>default</c> where that cannot be read.</param>
/// <param name="Reason">Why, as a sentence without a full stop. Nothing of it comes from the export.</param>
public sealed record PeerstoreImportProblem(long Entry, long Position, PeerId Peer, string Reason);

using Libp2p;

namespace Peerstore.Scorecard.Mixed;

/// <summary>What a thread does next, drawn and decoded beforehand: a node has just read the peer and its addresses.</summary>
/// <param name="Kind">What.</param>
/// <param name="Number">Of an update, which of the thread's own peers.</param>
/// <param name="Id">Whom it asks for.</param>
/// <param name="Addresses">Of a refresh, the peer's addresses.</param>
internal readonly record struct MixedStep(MixedKind Kind, int Number, PeerId Id, Multiaddr[] Addresses);

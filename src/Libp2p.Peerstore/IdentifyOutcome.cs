namespace Libp2p.Peerstore;

/// <summary>What became of what a peer said of itself.</summary>
/// <param name="Stored">
/// The parts that the store knew right afterwards. <see cref="IdentifyParts.Addresses"/> is among them if at least one
/// address was stored, or none was said.
/// </param>
/// <param name="Refused">
/// The parts that were said and not taken: undecodable, another peer's, over a limit, of no use where the peer is seen
/// from, or a record older than the stored one or from the future. Of each of these parts the store keeps what it knew before, but for the
/// addresses that the peer was known by from connections: it does not say them any more, and they have gone.
/// </param>
/// <param name="Record">
/// What the signed record was; <see cref="EnvelopeOutcome.None"/> where none was sent. A good one that is refused
/// nevertheless lost to a newer one, or to a limit, or had no address to live with, or is from the future.
/// </param>
public readonly record struct IdentifyOutcome(IdentifyParts Stored, IdentifyParts Refused, EnvelopeOutcome Record);

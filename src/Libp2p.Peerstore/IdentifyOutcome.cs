namespace Libp2p.Peerstore;

/// <summary>What became of what a peer said of itself.</summary>
/// <param name="Stored">The parts that the store knows now.</param>
/// <param name="Refused">
/// The parts that were said and not taken: undecodable, another peer's, over a limit, or a record older than the
/// stored one. Of each of these parts the store keeps what it knew before.
/// </param>
/// <param name="Record">
/// What the signed record was; <see cref="EnvelopeOutcome.None"/> where none was sent. A good one that is refused
/// nevertheless lost to a newer one, or to a limit.
/// </param>
public readonly record struct IdentifyOutcome(IdentifyParts Stored, IdentifyParts Refused, EnvelopeOutcome Record);

namespace Libp2p.Peerstore.Tests;

/// <summary>A signed record, and its addresses as a store shows them: without the suffix that names the peer.</summary>
internal sealed record SampleRecord(PeerRecord Record, IReadOnlyList<Multiaddr> Addresses)
{
    public override string ToString() => $"seq {Record.Sequence} [{string.Join(' ', Addresses)}]";
}

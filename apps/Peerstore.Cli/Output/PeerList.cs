namespace Peerstore.Cli.Output;

/// <summary>The first peers of a store.</summary>
/// <param name="Peers">These.</param>
/// <param name="Total">How many there are in all.</param>
internal sealed record PeerList(IReadOnlyList<PeerLine> Peers, int Total);

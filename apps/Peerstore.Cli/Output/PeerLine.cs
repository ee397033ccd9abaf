namespace Peerstore.Cli.Output;

/// <summary>A peer in a list.</summary>
/// <param name="Peer">The ID.</param>
/// <param name="Addresses">How many live addresses it has.</param>
/// <param name="Protocols">How many protocols it speaks.</param>
/// <param name="AgentVersion">What software it runs, where that is known.</param>
internal sealed record PeerLine(string Peer, int Addresses, int Protocols, string? AgentVersion);

using System.Text.Json.Serialization;

namespace Peerstore.Cli.Output;

/// <summary>A peer with its addresses as go-libp2p writes its <c>peer.AddrInfo</c>.</summary>
/// <param name="Peer">The ID.</param>
/// <param name="Addresses">The addresses.</param>
internal sealed record AddrInfoView(
    [property: JsonPropertyName("ID")] string Peer,
    [property: JsonPropertyName("Addrs")] IReadOnlyList<string> Addresses);

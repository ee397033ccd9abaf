using Libp2p;

namespace Peerstore.Cli.Output;

/// <summary>Names the way in which an address is reached.</summary>
internal static class TransportName
{
    /// <summary>Names the transport: <c>ip4/tcp</c>, <c>dns/wss</c>, <c>ip6/quic-v1</c>, <c>p2p-circuit</c>.</summary>
    /// <remarks>
    /// The first protocol says where, the innermost transport how; an address over a relay is a <c>p2p-circuit</c>
    /// wherever the relay is. WebSocket over TLS is <c>wss</c>, however it is written.
    /// </remarks>
    /// <param name="address">The address.</param>
    public static string Of(Multiaddr address)
    {
        string[] protocols = [.. address.Components.Select(component => component.Protocol.Name)];
        if (protocols.Contains("p2p-circuit"))
        {
            return "p2p-circuit";
        }

        if (protocols.Length == 0)
        {
            return "none";
        }

        var how = How(protocols);
        return how.Length == 0 ? protocols[0] : $"{protocols[0]}/{how}";
    }

    private static string How(string[] protocols)
    {
        if (protocols.Contains("wss") || (protocols.Contains("ws") && protocols.Contains("tls")))
        {
            return "wss";
        }

        return protocols.LastOrDefault(protocol => protocol is
            "tcp" or "udp" or "ws" or "quic" or "quic-v1" or "webtransport" or "webrtc" or "webrtc-direct") ?? "";
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Libp2p;

/// <summary>A protocol that a component of a multiaddr can name.</summary>
/// <remarks>
/// The table is go-multiaddr v0.16.0's. There is one instance of each protocol, so that reference equality is equality.
/// Immutable; safe to share between threads.
/// </remarks>
public sealed class MultiaddrProtocol
{
    private const int LengthPrefixed = -1;
    private const int PortBits = 16;

    private MultiaddrProtocol(string name, int code, int size = 0, ValueCodec? codec = null)
    {
        Name = name;
        Code = code;
        Size = size;
        Codec = codec;
        NameUtf8 = Encoding.ASCII.GetBytes(name);
        CodeBytes = new byte[Varint.LengthOf((uint)code)];
        Varint.Write(CodeBytes, (uint)code);
    }

    /// <summary>An IPv4 address.</summary>
    public static MultiaddrProtocol Ip4 { get; } = new("ip4", 4, 32, IpCodec.Ip4);

    /// <summary>A TCP port.</summary>
    public static MultiaddrProtocol Tcp { get; } = new("tcp", 6, PortBits, NumberCodec.Port);

    /// <summary>A DCCP port.</summary>
    public static MultiaddrProtocol Dccp { get; } = new("dccp", 33, PortBits, NumberCodec.Port);

    /// <summary>An IPv6 address.</summary>
    public static MultiaddrProtocol Ip6 { get; } = new("ip6", 41, 128, IpCodec.Ip6);

    /// <summary>The zone of the IPv6 address that follows.</summary>
    public static MultiaddrProtocol Ip6Zone { get; } = new("ip6zone", 42, LengthPrefixed, NameCodec.Instance);

    /// <summary>The prefix length of the IP network in front.</summary>
    public static MultiaddrProtocol IpCidr { get; } = new("ipcidr", 43, 8, NumberCodec.PrefixLength);

    /// <summary>A domain name, resolved to addresses of either IP.</summary>
    public static MultiaddrProtocol Dns { get; } = new("dns", 53, LengthPrefixed, NameCodec.Instance);

    /// <summary>A domain name, resolved to IPv4 addresses.</summary>
    public static MultiaddrProtocol Dns4 { get; } = new("dns4", 54, LengthPrefixed, NameCodec.Instance);

    /// <summary>A domain name, resolved to IPv6 addresses.</summary>
    public static MultiaddrProtocol Dns6 { get; } = new("dns6", 55, LengthPrefixed, NameCodec.Instance);

    /// <summary>A domain name whose TXT records hold multiaddrs.</summary>
    public static MultiaddrProtocol DnsAddr { get; } = new("dnsaddr", 56, LengthPrefixed, NameCodec.Instance);

    /// <summary>An SCTP port.</summary>
    public static MultiaddrProtocol Sctp { get; } = new("sctp", 132, PortBits, NumberCodec.Port);

    /// <summary>A UDP port.</summary>
    public static MultiaddrProtocol Udp { get; } = new("udp", 273, PortBits, NumberCodec.Port);

    /// <summary>WebRTC Direct in its first form.</summary>
    public static MultiaddrProtocol P2PWebRtcDirect { get; } = new("p2p-webrtc-direct", 276);

    /// <summary>WebRTC without signalling.</summary>
    public static MultiaddrProtocol WebRtcDirect { get; } = new("webrtc-direct", 280);

    /// <summary>WebRTC with signalling over a relay.</summary>
    public static MultiaddrProtocol WebRtc { get; } = new("webrtc", 281);

    /// <summary>A relay: what follows is reached through what is in front.</summary>
    public static MultiaddrProtocol P2PCircuit { get; } = new("p2p-circuit", 290);

    /// <summary>UDT.</summary>
    public static MultiaddrProtocol Udt { get; } = new("udt", 301);

    /// <summary>µTP.</summary>
    public static MultiaddrProtocol Utp { get; } = new("utp", 302);

    /// <summary>The path of a Unix socket. It takes the rest of the multiaddr.</summary>
    public static MultiaddrProtocol Unix { get; } = new("unix", 400, LengthPrefixed, PathCodec.Instance) { IsPath = true };

    /// <summary>A peer ID. In text also named <c>ipfs</c>.</summary>
    public static MultiaddrProtocol P2P { get; } = new("p2p", 421, LengthPrefixed, PeerCodec.Instance);

    /// <summary>HTTPS.</summary>
    public static MultiaddrProtocol Https { get; } = new("https", 443);

    /// <summary>An onion service of Tor, version 2, and its port.</summary>
    public static MultiaddrProtocol Onion { get; } = new("onion", 444, 96, OnionCodec.Onion);

    /// <summary>An onion service of Tor, version 3, and its port.</summary>
    public static MultiaddrProtocol Onion3 { get; } = new("onion3", 445, 296, OnionCodec.Onion3);

    /// <summary>A destination of I2P.</summary>
    public static MultiaddrProtocol Garlic64 { get; } = new("garlic64", 446, LengthPrefixed, GarlicCodec.Garlic64);

    /// <summary>The hash of a destination of I2P.</summary>
    public static MultiaddrProtocol Garlic32 { get; } = new("garlic32", 447, LengthPrefixed, GarlicCodec.Garlic32);

    /// <summary>TLS.</summary>
    public static MultiaddrProtocol Tls { get; } = new("tls", 448);

    /// <summary>The server's name for TLS.</summary>
    public static MultiaddrProtocol Sni { get; } = new("sni", 449, LengthPrefixed, NameCodec.Instance);

    /// <summary>Noise.</summary>
    public static MultiaddrProtocol Noise { get; } = new("noise", 454);

    /// <summary>QUIC, draft 29.</summary>
    public static MultiaddrProtocol Quic { get; } = new("quic", 460);

    /// <summary>QUIC, version 1 (RFC 9000).</summary>
    public static MultiaddrProtocol QuicV1 { get; } = new("quic-v1", 461);

    /// <summary>WebTransport.</summary>
    public static MultiaddrProtocol WebTransport { get; } = new("webtransport", 465);

    /// <summary>The hash of a certificate that the server may present.</summary>
    public static MultiaddrProtocol CertHash { get; } = new("certhash", 466, LengthPrefixed, CertHashCodec.Instance);

    /// <summary>WebSocket.</summary>
    public static MultiaddrProtocol Ws { get; } = new("ws", 477);

    /// <summary>WebSocket over TLS.</summary>
    public static MultiaddrProtocol Wss { get; } = new("wss", 478);

    /// <summary>HTTP.</summary>
    public static MultiaddrProtocol Http { get; } = new("http", 480);

    /// <summary>A path of HTTP.</summary>
    public static MultiaddrProtocol HttpPath { get; } = new("http-path", 481, LengthPrefixed, HttpPathCodec.Instance);

    /// <summary>An address within the process.</summary>
    public static MultiaddrProtocol Memory { get; } = new("memory", 777, 64, NumberCodec.MemoryAddress);

    /// <summary>No encryption.</summary>
    public static MultiaddrProtocol PlaintextV2 { get; } = new("plaintextv2", 7367777);

    /// <summary>Every protocol, ordered by code.</summary>
    public static IReadOnlyList<MultiaddrProtocol> All { get; } =
    [
        Ip4, Tcp, Dccp, Ip6, Ip6Zone, IpCidr, Dns, Dns4, Dns6, DnsAddr, Sctp, Udp, P2PWebRtcDirect, WebRtcDirect, WebRtc,
        P2PCircuit, Udt, Utp, Unix, P2P, Https, Onion, Onion3, Garlic64, Garlic32, Tls, Sni, Noise, Quic, QuicV1,
        WebTransport, CertHash, Ws, Wss, Http, HttpPath, Memory, PlaintextV2,
    ];

    /// <summary>The name in text.</summary>
    public string Name { get; }

    /// <summary>The code in bytes, before it is written as a varint.</summary>
    public int Code { get; }

    /// <summary>The size of the value in bits; 0 if there is no value, -1 if the value carries its own length.</summary>
    public int Size { get; }

    /// <summary>Whether the value is a path, which takes the rest of the multiaddr: nothing can follow.</summary>
    public bool IsPath { get; private init; }

    /// <summary>How the value is read and written; null if there is none.</summary>
    internal ValueCodec? Codec { get; }

    /// <summary>The name in UTF-8.</summary>
    internal byte[] NameUtf8 { get; }

    /// <summary>The code as a varint.</summary>
    internal byte[] CodeBytes { get; }

    /// <summary>Finds a protocol by its code.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TryGet(int code, [NotNullWhen(true)] out MultiaddrProtocol? protocol)
    {
        protocol = code < 0 ? null : ProtocolTable.Find((ulong)code);
        return protocol is not null;
    }

    /// <summary>Finds a protocol by its name, in lower case as in text; <c>ipfs</c> finds <see cref="P2P"/>.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TryGet(ReadOnlySpan<char> name, [NotNullWhen(true)] out MultiaddrProtocol? protocol)
    {
        protocol = null;
        Span<byte> utf8 = stackalloc byte[ProtocolTable.MaxNameLength];
        if (name.Length <= utf8.Length && Ascii.FromUtf16(name, utf8, out var written) == System.Buffers.OperationStatus.Done)
        {
            protocol = ProtocolTable.Find(utf8[..written]);
        }

        return protocol is not null;
    }

    /// <summary>Returns the name.</summary>
    public override string ToString() => Name;
}

using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace Libp2p;

// From values, without text in between.
public readonly partial struct Multiaddr
{
    /// <summary>Makes the address of a socket: <c>/ip4/192.0.2.1/tcp/4001</c>.</summary>
    /// <param name="endPoint">
    /// An IPv4 or IPv6 endpoint. An IPv4 address within IPv6, as dual-mode sockets report it, becomes <c>/ip4</c>, as in go;
    /// a scope becomes an <c>/ip6zone</c> in front.
    /// </param>
    /// <param name="transport"><see cref="MultiaddrProtocol.Tcp"/> or <see cref="MultiaddrProtocol.Udp"/>.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The transport is another protocol.</exception>
    public static Multiaddr FromIPEndPoint(IPEndPoint endPoint, MultiaddrProtocol transport)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentNullException.ThrowIfNull(transport);
        if (transport != MultiaddrProtocol.Tcp && transport != MultiaddrProtocol.Udp)
        {
            throw new ArgumentException("The endpoint of a socket is one of TCP or UDP.", nameof(transport));
        }

        var port = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(port, (ushort)endPoint.Port);
        return FromIP(endPoint.Address).Encapsulate(From(transport, port));
    }

    /// <summary>Makes an address of one component.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="value">The value in bytes, without its length; empty if the protocol takes none.</param>
    /// <remarks>The result is not measured against <see cref="DecodeLimits"/>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="protocol"/> is null.</exception>
    /// <exception cref="ArgumentException">The value is not one of the protocol's; the message names the rule.</exception>
    public static Multiaddr From(MultiaddrProtocol protocol, ReadOnlySpan<byte> value = default)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        Span<byte> length = stackalloc byte[Varint.MaxLength];
        var prefix = protocol.Size < 0 ? Varint.Write(length, (uint)value.Length) : 0;
        byte[] bytes = [.. protocol.CodeBytes, .. length[..prefix], .. value];
        return MultiaddrDecoder.TryCheck(bytes, SingleComponent, out var error)
            ? new Multiaddr(bytes)
            : throw new ArgumentException($"This is not a value of {protocol}: {error.Rule}.", nameof(value));
    }

    /// <summary>Finds the first component of a protocol.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="component">The component; <c>default</c> when the answer is <see langword="false"/>.</param>
    /// <returns>Whether the address has one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="protocol"/> is null.</exception>
    public bool TryGetValue(MultiaddrProtocol protocol, out MultiaddrComponent component)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        foreach (var candidate in Components)
        {
            if (candidate.Protocol == protocol)
            {
                component = candidate;
                return true;
            }
        }

        component = default;
        return false;
    }

    // A value of fixed size that is too long would be read as a second component.
    private static DecodeLimits SingleComponent { get; } = new() { MaxMultiaddrBytes = int.MaxValue, MaxMultiaddrComponents = 1 };

    private static Multiaddr FromIP(IPAddress ip)
    {
        if (ip.IsIPv4MappedToIPv6)
        {
            ip = ip.MapToIPv4();
        }

        if (ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork)
        {
            return From(MultiaddrProtocol.Ip4, ip.GetAddressBytes());
        }

        var address = From(MultiaddrProtocol.Ip6, ip.GetAddressBytes());
        return ip.ScopeId == 0
            ? address
            : From(MultiaddrProtocol.Ip6Zone, Encoding.ASCII.GetBytes(ip.ScopeId.ToString(CultureInfo.InvariantCulture))).Encapsulate(address);
    }
}

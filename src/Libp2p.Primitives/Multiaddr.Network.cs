using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Libp2p;

// What the address says about the network. An IP address counts when it is the first component, or the first behind an
// ip6zone.
public readonly partial struct Multiaddr
{
    /// <summary>Whether it begins with an IP address, with or without a zone in front.</summary>
    public bool IsIp => !GetIp().IsEmpty;

    /// <summary>Whether it begins with a loopback IP address: 127.0.0.0/8 or ::1.</summary>
    /// <remarks>An IPv4 address within IPv6 (::ffff:a.b.c.d) counts as the IPv4 address, here and in the other questions.</remarks>
    public bool IsLoopback => IpRanges.IsLoopback(GetIp());

    /// <summary>Whether it begins with an IP address of a private network.</summary>
    /// <remarks>
    /// These are 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16 (RFC 1918), 100.64.0.0/10 (carrier-grade NAT, RFC 6598),
    /// 169.254.0.0/16 and fe80::/10 (link-local) and fc00::/7 (unique local, RFC 4193). Loopback is not among them.
    /// </remarks>
    public bool IsPrivate => IpRanges.IsPrivate(GetIp());

    /// <summary>Whether it begins with an IP address that can be one host's on the internet.</summary>
    /// <remarks>
    /// For IPv4 all but loopback, private networks, 0.0.0.0/8, 192.0.0.0/24, 192.0.2.0/24, 192.88.99.0/24, 198.18.0.0/15,
    /// 198.51.100.0/24, 203.0.113.0/24 and 224.0.0.0 and above; for IPv6 2000::/3 without 2001:db8::/32.
    /// </remarks>
    public bool IsPublic => IpRanges.IsPublic(GetIp());

    /// <summary>Whether it goes over a relay: whether it has the component <c>p2p-circuit</c>.</summary>
    public bool IsRelayed
    {
        get
        {
            foreach (var component in Components)
            {
                if (component.Protocol == MultiaddrProtocol.P2PCircuit)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether it begins with a domain name, which has to be resolved before anyone can dial it.</summary>
    public bool IsDns
    {
        get
        {
            var components = Components.GetEnumerator();
            return components.MoveNext() && components.Current.Protocol is var first
                && (first == MultiaddrProtocol.Dns || first == MultiaddrProtocol.Dns4
                    || first == MultiaddrProtocol.Dns6 || first == MultiaddrProtocol.DnsAddr);
        }
    }

    /// <summary>The IP address and port, if the address begins with an IP address and a TCP or UDP port follows.</summary>
    /// <remarks>A zone that is a number becomes the scope of the IPv6 address; one that is a name is left out.</remarks>
    /// <returns>Whether it does.</returns>
    public bool TryGetIPEndPoint([NotNullWhen(true)] out IPEndPoint? endPoint)
    {
        endPoint = null;
        var components = Components.GetEnumerator();
        if (!TryReadIp(ref components, out var ip, out var zone) || !components.MoveNext())
        {
            return false;
        }

        var port = components.Current;
        if (port.Protocol != MultiaddrProtocol.Tcp && port.Protocol != MultiaddrProtocol.Udp)
        {
            return false;
        }

        var address = NumberCodec.TryParseDigits(zone, uint.MaxValue, out var scope)
            ? new IPAddress(ip, (long)scope)
            : new IPAddress(ip);
        endPoint = new IPEndPoint(address, BinaryPrimitives.ReadUInt16BigEndian(port.Value));
        return true;
    }

    private ReadOnlySpan<byte> GetIp()
    {
        var components = Components.GetEnumerator();
        _ = TryReadIp(ref components, out var ip, out _);
        return ip;
    }

    private static bool TryReadIp(scoped ref MultiaddrComponents.Enumerator components, out ReadOnlySpan<byte> ip, out ReadOnlySpan<byte> zone)
    {
        ip = default;
        zone = default;
        if (!components.MoveNext())
        {
            return false;
        }

        var first = components.Current;
        if (first.Protocol == MultiaddrProtocol.Ip6Zone)
        {
            zone = first.Value;
            if (!components.MoveNext() || components.Current.Protocol != MultiaddrProtocol.Ip6)
            {
                return false;
            }
        }
        else if (first.Protocol != MultiaddrProtocol.Ip4 && first.Protocol != MultiaddrProtocol.Ip6)
        {
            return false;
        }

        ip = components.Current.Value;
        return true;
    }
}

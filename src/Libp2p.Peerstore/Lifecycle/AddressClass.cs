using System.Text;

namespace Libp2p.Peerstore;

/// <summary>Which of a peer's addresses can be of use to a node that sees the peer at a certain address.</summary>
/// <remarks>
/// The rule is go-libp2p's (<c>identify/id.go</c>, <c>filterAddrs</c>) with go-multiaddr's classes
/// (<c>net/private.go</c>): over loopback all; within a private network no loopback addresses; over the internet public
/// ones only; all where the remote address is of none of these classes, or not known.
/// </remarks>
internal static class AddressClass
{
    // Special-use domains (RFC 6761, RFC 6762, RFC 8375): what they name is nowhere, here, or in a private network.
    private static readonly string[] PrivateDomains =
        ["localhost", "in-addr.arpa", "ip6.arpa", "invalid", "home.arpa", "local", "test"];

    public static Func<Multiaddr, bool> VisibleFrom(Multiaddr remote)
    {
        if (remote.IsPrivate)
        {
            return static address => !address.IsLoopback;
        }

        return !remote.IsLoopback && IsPublic(remote) ? IsPublic : static _ => true;
    }

    private static bool IsPublic(Multiaddr address) => address.IsPublic || (address.IsDns && IsPublicName(address));

    private static bool IsPublicName(Multiaddr address)
    {
        var components = address.Components.GetEnumerator();
        _ = components.MoveNext();
        var name = Encoding.UTF8.GetString(components.Current.Value).AsSpan().TrimEnd('.');
        foreach (var domain in PrivateDomains)
        {
            if (name.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
                && (name.Length == domain.Length || name[^(domain.Length + 1)] == '.'))
            {
                return false;
            }
        }

        return true;
    }
}

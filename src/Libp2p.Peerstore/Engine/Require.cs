using System.Runtime.CompilerServices;

namespace Libp2p.Peerstore;

/// <summary>What every book requires of its callers.</summary>
internal static class Require
{
    public static void Peer(PeerId peer, [CallerArgumentExpression(nameof(peer))] string? name = null)
    {
        if (peer.IsEmpty)
        {
            throw new ArgumentException("The empty peer ID names nobody; nothing can be stored for it.", name);
        }
    }
}

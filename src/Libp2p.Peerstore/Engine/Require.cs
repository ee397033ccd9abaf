using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Libp2p.Peerstore;

/// <summary>What every book requires of its callers.</summary>
internal static class Require
{
    public static void Peer(in PeerId peer, [CallerArgumentExpression(nameof(peer))] string? name = null)
    {
        if (peer.IsEmpty)
        {
            throw new ArgumentException("The empty peer ID names nobody; nothing can be stored for it.", name);
        }
    }

    public static void KeyOf(in PeerId peer, PublicKey key, string name = "key")
    {
        ArgumentNullException.ThrowIfNull(key, name);
        if (!peer.Matches(key))
        {
            throw new ArgumentException($"The key is not that of peer {peer}: its ID is {PeerId.FromPublicKey(key)}.", name);
        }
    }

    /// <summary>Copies a caller's list before any lock is taken: it is foreign code.</summary>
    public static string[] ProtocolIds(IReadOnlyList<string> protocols)
    {
        ArgumentNullException.ThrowIfNull(protocols);
        string[] copy = [.. protocols];
        foreach (var protocol in copy)
        {
            WellFormed(protocol, nameof(protocols));
        }

        return copy;
    }

    /// <summary>Checks a question, which is not copied: it is looked at under no lock.</summary>
    public static void ProtocolQuestion(IReadOnlyList<string> protocols)
    {
        ArgumentNullException.ThrowIfNull(protocols);
        for (var i = 0; i < protocols.Count; i++)
        {
            WellFormed(protocols[i], nameof(protocols));
        }
    }

    /// <summary>A text with half a surrogate pair has no UTF-8, and would be another text after a restart.</summary>
    public static void WellFormed(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text, name);
        var first = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        for (var rest = first < 0 ? default : text.AsSpan(first); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != OperationStatus.Done)
            {
                throw new ArgumentException("The text is not well-formed UTF-16: half of a surrogate pair is missing.", name);
            }

            rest = rest[length..];
        }
    }
}

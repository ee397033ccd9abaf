using Libp2p;

namespace Peerstore.Cli.Ingest;

/// <summary>What one good line says. Made only after the whole line has been found good.</summary>
/// <remarks>
/// Null stands for "the line does not say", which leaves what is known as it is, unless <see cref="IsWholeWord"/>.
/// </remarks>
internal sealed record Observation
{
    /// <summary>The kind of line.</summary>
    public required LineFormat Format { get; init; }

    /// <summary>Which event it is; only for <see cref="LineFormat.Event"/>.</summary>
    public string? Event { get; init; }

    /// <summary>Whom it speaks of; empty where nothing is to be stored.</summary>
    public PeerId Peer { get; init; }

    /// <summary>Whether texts that are null are ones that the peer no longer has.</summary>
    public bool IsWholeWord { get; init; }

    /// <summary>The addresses that the peer itself says it has: all of them.</summary>
    public IReadOnlyList<Multiaddr>? Announced { get; init; }

    /// <summary>Addresses known from others, or from having worked.</summary>
    public IReadOnlyList<Multiaddr> Heard { get; init; } = [];

    /// <summary>The peer's public key.</summary>
    public PublicKey? Key { get; init; }

    /// <summary>The peer's signed record, verified; its addresses stand above <see cref="Announced"/>.</summary>
    public PeerRecord? Record { get; init; }

    /// <summary>The protocols that the peer speaks: all of them.</summary>
    public IReadOnlyList<string>? Protocols { get; init; }

    /// <summary>What software it runs.</summary>
    public string? AgentVersion { get; init; }

    /// <summary>Which network's protocols it speaks.</summary>
    public string? ProtocolVersion { get; init; }

    /// <summary>Whether it was reached.</summary>
    public DialResult Dial { get; init; }

    /// <summary>Whether there is something to store, in a store that knows nothing yet.</summary>
    public bool SaysSomething => !Peer.IsEmpty
        && (Heard.Count > 0 || Announced is { Count: > 0 } || Protocols is { Count: > 0 }
            || Key is not null || Record is not null || AgentVersion is not null || ProtocolVersion is not null);
}

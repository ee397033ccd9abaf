namespace Libp2p.Peerstore.Testing;

/// <summary>What a document is, told from its content.</summary>
public enum ConformanceDocumentKind
{
    /// <summary>None that is known here. The value of <c>default</c>.</summary>
    Unknown,

    /// <summary>Steps for a store, with the answers.</summary>
    Scenario,

    /// <summary>Peer IDs, good and bad.</summary>
    PeerIds,

    /// <summary>Multiaddrs, good and bad, and the table of protocols.</summary>
    Multiaddrs,

    /// <summary>Signed envelopes.</summary>
    Envelopes,

    /// <summary>Keys and signatures.</summary>
    Keys,
}

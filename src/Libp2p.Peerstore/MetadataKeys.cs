namespace Libp2p.Peerstore;

/// <summary>The names under which libp2p nodes keep what identify tells them, the same as go-libp2p's and js-libp2p's.</summary>
public static class MetadataKeys
{
    /// <summary>What software the peer runs, for instance <c>kubo/0.30.0/</c>. A string.</summary>
    public const string AgentVersion = "AgentVersion";

    /// <summary>Which network's protocols the peer speaks, for instance <c>ipfs/0.1.0</c>. A string.</summary>
    public const string ProtocolVersion = "ProtocolVersion";
}

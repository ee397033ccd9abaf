namespace Peerstore.Cli.Commands;

/// <summary>What stands in the lines of an export.</summary>
internal enum LineForm
{
    /// <summary>All that is known of a peer, in JSON.</summary>
    All,

    /// <summary>go-libp2p's AddrInfo, in JSON.</summary>
    AddrInfo,

    /// <summary>An address with the peer's ID.</summary>
    Multiaddrs,

    /// <summary>The same as texts in JSON.</summary>
    MultiaddrsInJson,
}

namespace Peerstore.Cli.Ingest;

/// <summary>What kind of line a line is.</summary>
internal enum LineFormat
{
    /// <summary>None that is known.</summary>
    Unknown,

    /// <summary>Nothing, or a remark behind <c>#</c>.</summary>
    Blank,

    /// <summary>An event of a recorded network: a JSON object with <c>ev</c>.</summary>
    Event,

    /// <summary>A multiaddr that ends in <c>/p2p/ID</c>.</summary>
    Multiaddr,

    /// <summary>go-libp2p's <c>peer.AddrInfo</c>: a JSON object with <c>ID</c> and <c>Addrs</c>.</summary>
    AddrInfo,

    /// <summary>A visit of the Nebula crawler: a JSON object with <c>PeerID</c> and what was found there.</summary>
    Visit,
}

namespace Peerstore.Cli.Commands;

/// <summary>The forms in which <c>peerstore export</c> writes peers; the names are those of the command line.</summary>
internal enum ExportFormat
{
    /// <summary>All that is known, a JSON object a peer.</summary>
    Jsonl,

    /// <summary>go-libp2p's <c>peer.AddrInfo</c>, a JSON object a peer.</summary>
    AddrInfo,

    /// <summary>A multiaddr with <c>/p2p/ID</c> a line.</summary>
    Multiaddrs,
}

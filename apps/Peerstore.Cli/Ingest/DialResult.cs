namespace Peerstore.Cli.Ingest;

/// <summary>What a line says of an attempt to reach a peer.</summary>
internal enum DialResult
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It was reached.</summary>
    Worked,

    /// <summary>It was not.</summary>
    Failed,
}

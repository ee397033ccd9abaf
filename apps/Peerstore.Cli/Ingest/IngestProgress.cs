namespace Peerstore.Cli.Ingest;

/// <summary>How far an ingestion is.</summary>
/// <param name="Lines">Lines read.</param>
/// <param name="Bytes">Bytes read.</param>
internal readonly record struct IngestProgress(long Lines, long Bytes)
{
    /// <summary>What is counted.</summary>
    public string Unit { get; init; } = "lines";
}

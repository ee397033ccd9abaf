using Libp2p.Peerstore;
using Peerstore.Cli.Ingest;

namespace Peerstore.Cli.Output;

/// <summary>Shows the progress of an import where that of an ingestion is shown.</summary>
/// <param name="shown">Shows it.</param>
internal sealed class ImportProgress(IProgress<IngestProgress> shown) : IProgress<PeerstoreImportProgress>
{
    /// <inheritdoc/>
    public void Report(PeerstoreImportProgress value) => shown.Report(new(value.Entries, value.Bytes) { Unit = "entries" });
}

using Peerstore.Cli.Ingest;

namespace Peerstore.Cli.Output;

/// <summary>Progress where nobody looks at a terminal: a line every ten seconds.</summary>
/// <param name="output">Where to write.</param>
/// <param name="time">The clock.</param>
internal sealed class PlainProgress(TextWriter output, TimeProvider time) : IProgress<IngestProgress>
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private long _last = time.GetTimestamp();

    /// <inheritdoc/>
    public void Report(IngestProgress value)
    {
        if (time.GetElapsedTime(_last) < Every)
        {
            return;
        }

        _last = time.GetTimestamp();
        output.WriteLine(Describe(value));
    }

    /// <summary>Says how far it is.</summary>
    /// <param name="value">How far it is.</param>
    public static string Describe(IngestProgress value) => $"{value.Lines:N0} {value.Unit}, {value.Bytes / 1e6:N1} MB read";
}

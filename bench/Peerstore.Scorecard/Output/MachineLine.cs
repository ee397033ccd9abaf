using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;

namespace Peerstore.Scorecard.Output;

/// <summary>Where and when it was measured.</summary>
internal sealed record MachineLine : ScoreLine
{
    /// <inheritdoc/>
    public override string Bench => "machine";

    /// <summary>The instant, UTC.</summary>
    public string Date { get; } = DateTimeOffset.UtcNow.ToString("u", CultureInfo.InvariantCulture);

    /// <summary>The processor's own name.</summary>
    public string Cpu { get; } = ReadCpu();

    /// <summary>Processors that the process may use.</summary>
    public int Cores { get; } = Environment.ProcessorCount;

    /// <summary>The operating system.</summary>
    public string Os { get; } = RuntimeInformation.OSDescription;

    /// <summary>The runtime.</summary>
    public string Runtime { get; } = RuntimeInformation.FrameworkDescription;

    /// <summary>Which garbage collector.</summary>
    public string Gc { get; } = $"{(GCSettings.IsServerGC ? "server" : "workstation")}, {GCSettings.LatencyMode}";

    /// <summary>The store.</summary>
    public required string Store { get; init; }

    private static string ReadCpu()
    {
        const string File = "/proc/cpuinfo";
        var line = System.IO.File.Exists(File)
            ? System.IO.File.ReadLines(File).FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[^1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}

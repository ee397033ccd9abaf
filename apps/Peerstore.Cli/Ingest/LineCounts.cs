using System.Text.Json.Serialization;

namespace Peerstore.Cli.Ingest;

/// <summary>Lines in numbers: those read are the blank, the good and the bad ones together.</summary>
internal sealed class LineCounts
{
    /// <summary>All of them.</summary>
    public long Read { get; set; }

    /// <summary>Empty ones and remarks.</summary>
    public long Blank { get; set; }

    /// <summary>Those that say something and were taken.</summary>
    public long Good { get; set; }

    /// <summary>Those of which nothing was stored.</summary>
    public long Bad { get; set; }

    /// <summary>Those of a known format, good or bad.</summary>
    [JsonIgnore]
    public long Recognized { get; set; }
}

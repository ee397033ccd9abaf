using System.Text.Json.Serialization;

namespace Peerstore.Scorecard.Output;

/// <summary>A line of the scorecard.</summary>
internal abstract record ScoreLine
{
    /// <summary>What was measured.</summary>
    [JsonPropertyOrder(-1)]
    public abstract string Bench { get; }
}

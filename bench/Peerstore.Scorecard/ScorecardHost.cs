namespace Peerstore.Scorecard;

/// <summary>The process as the commands see it, so that a test can be one too.</summary>
internal sealed class ScorecardHost
{
    /// <summary>Where lines come from that were printed before.</summary>
    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>For the lines of JSON.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>For complaints.</summary>
    public required TextWriter Error { get; init; }
}

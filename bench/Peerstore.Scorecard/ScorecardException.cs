namespace Peerstore.Scorecard;

/// <summary>Ends a command with one sentence for the user.</summary>
/// <param name="message">The sentence.</param>
/// <param name="exitCode">What the process returns.</param>
internal class ScorecardException(string message, int exitCode = ScorecardApp.CannotDo) : Exception(message)
{
    /// <summary>What the process returns.</summary>
    public int ExitCode { get; } = exitCode;
}

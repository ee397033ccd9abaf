namespace Peerstore.Cli;

/// <summary>Ends a command with one sentence for the user.</summary>
/// <param name="message">The sentence. Texts from others in it are cleaned when it is written.</param>
/// <param name="exitCode">What the process returns.</param>
internal sealed class CliException(string message, int exitCode = ExitCode.CannotDo) : Exception(message)
{
    /// <summary>What the process returns.</summary>
    public int ExitCode { get; } = exitCode;
}

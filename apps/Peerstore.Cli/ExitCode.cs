namespace Peerstore.Cli;

/// <summary>What the process says to the shell when it ends.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Fine = 0;

    /// <summary>The question was understood and has no answer, for instance an unknown peer; or the answers are others than wanted.</summary>
    public const int NoAnswer = 1;

    /// <summary>It cannot be done: a missing file, a bad argument, a file of an unknown format.</summary>
    public const int CannotDo = 2;

    /// <summary>Interrupted by the user, as shells number it: 128 and SIGINT.</summary>
    public const int Interrupted = 130;
}

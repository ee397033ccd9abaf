using System.Text;

namespace Peerstore.Cli;

/// <summary>The process as the commands see it, so that a test can be one too.</summary>
internal sealed class CliHost
{
    /// <summary>The environment variable that, set to 1, shows faults of the program in full.</summary>
    public const string DebugVariable = "PEERSTORE_DEBUG";

    /// <summary>The environment variable with the passphrase of private keys.</summary>
    public const string PassphraseVariable = "PEERSTORE_PASSPHRASE";

    /// <summary>Opens standard input; asked for only where a command reads it.</summary>
    public required Func<Stream> OpenInput { get; init; }

    /// <summary>Opens standard output for bytes; asked for only where a command writes them, and nothing else then.</summary>
    public Func<Stream> OpenOutput { get; init; } = Console.OpenStandardOutput;

    /// <summary>For answers.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>For complaints and progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether a person looks at <see cref="Out"/>; otherwise it gets plain text.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether a person looks at <see cref="Error"/>; otherwise progress is a line now and then.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether a fault of the program itself is shown in full instead of in one sentence.</summary>
    public bool ShowsFaults { get; init; }

    /// <summary>The passphrase of private keys, or null where the variable is not set.</summary>
    public string? Passphrase { get; init; }

    /// <summary>The real process.</summary>
    public static CliHost ForProcess() => new()
    {
        OpenInput = Console.OpenStandardInput,
        // Console.Out flushes every write; an export of a million lines should not.
        Out = Console.IsOutputRedirected
            ? new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 65_536)
            : Console.Out,
        Error = Console.Error,
        OutIsTerminal = !Console.IsOutputRedirected,
        ShowsFaults = Environment.GetEnvironmentVariable(DebugVariable) is "1",
        ErrorIsTerminal = !Console.IsErrorRedirected,
        Passphrase = Environment.GetEnvironmentVariable(PassphraseVariable) is { Length: > 0 } passphrase ? passphrase : null,
    };
}

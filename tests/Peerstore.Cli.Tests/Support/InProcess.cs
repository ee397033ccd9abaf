using System.Text;

namespace Peerstore.Cli.Tests;

/// <summary>Runs the command without a process of its own.</summary>
internal static class InProcess
{
    public static Task<CliResult> RunAsync(params string[] args) => RunAsync(Stream.Null, args);

    /// <summary>Runs it as if a person looked at a terminal of 80 columns.</summary>
    public static Task<CliResult> RunAtTerminalAsync(params string[] args) => RunAsync(Stream.Null, true, args);

    public static Task<CliResult> RunAsync(Stream input, params string[] args) => RunAsync(input, false, args);

    /// <summary>Runs it with somewhere for bytes to go.</summary>
    public static Task<CliResult> RunWithOutputAsync(Stream output, params string[] args) =>
        RunAsync(args, (text, error) => new CliHost { OpenInput = () => Stream.Null, Out = text, Error = error, OpenOutput = () => output });

    /// <summary>Runs it with the variable for the passphrase set.</summary>
    public static Task<CliResult> RunWithPassphraseAsync(string passphrase, params string[] args) =>
        RunAsync(args, (text, error) => new CliHost { OpenInput = () => Stream.Null, Out = text, Error = error, Passphrase = passphrase });

    private static Task<CliResult> RunAsync(Stream input, bool isTerminal, string[] args) =>
        RunAsync(args, (text, error) => new CliHost { OpenInput = () => input, Out = text, Error = error, OutIsTerminal = isTerminal });

    private static async Task<CliResult> RunAsync(string[] args, Func<TextWriter, TextWriter, CliHost> makeHost)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var exitCode = await CliApp.RunAsync(args, makeHost(output, error), TestContext.Current.CancellationToken);
        return new CliResult(exitCode, output.ToString(), error.ToString());
    }

    public static Task<CliResult> RunOnTextAsync(string input, params string[] args) =>
        RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(input)), args);
}

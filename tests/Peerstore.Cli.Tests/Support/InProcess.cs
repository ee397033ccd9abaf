using System.Text;

namespace Peerstore.Cli.Tests;

/// <summary>Runs the command without a process of its own.</summary>
internal static class InProcess
{
    public static Task<CliResult> RunAsync(params string[] args) => RunAsync(Stream.Null, args);

    /// <summary>Runs it as if a person looked at a terminal of 80 columns.</summary>
    public static Task<CliResult> RunAtTerminalAsync(params string[] args) => RunAsync(Stream.Null, true, args);

    public static Task<CliResult> RunAsync(Stream input, params string[] args) => RunAsync(input, false, args);

    private static async Task<CliResult> RunAsync(Stream input, bool isTerminal, string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var host = new CliHost { OpenInput = () => input, Out = output, Error = error, OutIsTerminal = isTerminal };
        var exitCode = await CliApp.RunAsync(args, host, TestContext.Current.CancellationToken);
        return new CliResult(exitCode, output.ToString(), error.ToString());
    }

    public static Task<CliResult> RunOnTextAsync(string input, params string[] args) =>
        RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(input)), args);
}

using System.Text;

namespace Peerstore.Cli.Tests;

/// <summary>Runs the command without a process of its own.</summary>
internal static class InProcess
{
    public static Task<CliResult> RunAsync(params string[] args) => RunAsync(Stream.Null, args);

    public static async Task<CliResult> RunAsync(Stream input, params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var host = new CliHost { OpenInput = () => input, Out = output, Error = error };
        var exitCode = await CliApp.RunAsync(args, host, TestContext.Current.CancellationToken);
        return new CliResult(exitCode, output.ToString(), error.ToString());
    }

    public static Task<CliResult> RunOnTextAsync(string input, params string[] args) =>
        RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(input)), args);
}

using System.Diagnostics;

namespace Peerstore.Cli.Tests;

/// <summary>Runs the built program, which remembers nothing of this process.</summary>
internal static class OwnProcess
{
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "peerstore.dll");

    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static Task<CliResult> RunAsync(params string[] args) => RunProgramAsync(Dotnet, ["exec", Program, .. args]);

    public static async Task<CliResult> RunProgramAsync(string program, params string[] args)
    {
        using var process = Start(program, args);
        var cancellationToken = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        return new CliResult(process.ExitCode, await output, await error);
    }

    public static Process Start(string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return System.Diagnostics.Process.Start(start)!;
    }
}

using System.Diagnostics;

namespace Peerstore.Cli.Tests;

/// <summary>Runs the built program, which remembers nothing of this process.</summary>
internal static class OwnProcess
{
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "peerstore.dll");

    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static Task<CliResult> RunAsync(params string[] args) => RunInAsync("", ["exec", Program, .. args]);

    /// <summary>Runs it with the variable for the passphrase set.</summary>
    public static async Task<CliResult> RunWithPassphraseAsync(string passphrase, params string[] args)
    {
        var start = StartInfo("", Dotnet, ["exec", Program, .. args]);
        start.Environment[CliHost.PassphraseVariable] = passphrase;
        return await CompleteAsync(start);
    }

    /// <summary>Runs <c>dotnet</c> in a folder; in this process's own where none is given.</summary>
    public static Task<CliResult> RunInAsync(string folder, params string[] args) => CompleteAsync(StartInfo(folder, Dotnet, args));

    private static async Task<CliResult> CompleteAsync(ProcessStartInfo start)
    {
        using var process = System.Diagnostics.Process.Start(start)!;
        var cancellationToken = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        return new CliResult(process.ExitCode, await output, await error);
    }

    public static Process Start(string program, params string[] args) =>
        System.Diagnostics.Process.Start(StartInfo("", program, args))!;

    private static ProcessStartInfo StartInfo(string folder, string program, string[] args) => new(program, args)
    {
        UseShellExecute = false,
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}

namespace Peerstore.Cli;

/// <summary>Where the process begins.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args) => await CliApp.RunAsync(args, CliHost.ForProcess());
}

namespace Peerstore.Scorecard;

/// <summary>Where the process begins.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args) =>
        await ScorecardApp.RunAsync(args, new() { In = Console.In, Out = Console.Out, Error = Console.Error });
}

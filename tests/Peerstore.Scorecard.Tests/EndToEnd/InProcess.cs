using System.Text.Json;

namespace Peerstore.Scorecard.Tests;

/// <summary>Runs the scorecard without a process of its own.</summary>
internal static class InProcess
{
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var host = new ScorecardHost { Out = output, Error = error };
        var exitCode = await ScorecardApp.RunAsync(args, host, TestContext.Current.CancellationToken);
        return (exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs it, expects that it went well, and reads the lines of one kind.</summary>
    public static async Task<IReadOnlyList<JsonElement>> MeasureAsync(string bench, params string[] args)
    {
        var (exitCode, output, error) = await RunAsync(args);
        Assert.Equal("", error);
        Assert.Equal(ScorecardApp.Fine, exitCode);
        JsonElement[] lines =
        [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line)),
        ];
        Assert.Equal("machine", Bench(lines[0]));
        return [.. lines.Where(line => string.Equals(Bench(line), bench, StringComparison.Ordinal))];
    }

    private static string? Bench(JsonElement line) => line.GetProperty("bench").GetString();
}

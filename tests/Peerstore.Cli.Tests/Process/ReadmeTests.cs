namespace Peerstore.Cli.Tests;

/// <summary>What the README says to type, done; with the built programs, since <c>dotnet run</c> would build them again.</summary>
public sealed class ReadmeTests : TemporaryDirectory
{
    private const string Run = "dotnet run --project apps/Peerstore.Cli -- ";
    private static readonly string[] Readme = File.ReadAllLines(InOutput("README.md"));

    [Fact]
    public async Task The_first_command_ingests_a_network_and_shows_what_was_learned()
    {
        var command = Assert.Single(Readme, line => line.StartsWith("dotnet run ", StringComparison.Ordinal));
        var halves = command.Split(" && ");
        Assert.Equal(2, halves.Length);
        Assert.All(halves, half => Assert.StartsWith(Run, half, StringComparison.Ordinal));
        // The command is for the repository's root, from where it names the sample.
        Directory.CreateDirectory(PathOf("samples/data"));
        File.Copy(SampleData.Network, PathOf("samples/data/js-libp2p-network.jsonl"));

        var ingested = await RunAsync(halves[0]);
        var listed = await RunAsync(halves[1]);

        Assert.Equal((ExitCode.Fine, ""), (ingested.ExitCode, ingested.Error));
        Assert.Contains("peers:     12", ingested.Lines, StringComparer.Ordinal);
        Assert.Equal((ExitCode.Fine, ""), (listed.ExitCode, listed.Error));
        Assert.All(ExpectedPeer.All, expected => Assert.Contains(
            listed.Lines, line => line.StartsWith(expected.Peer, StringComparison.Ordinal) && line.EndsWith(expected.Agent, StringComparison.Ordinal)));
        Assert.True(File.Exists(PathOf("peers.db")));
    }

    [Fact]
    public void The_code_is_the_sample_that_is_compiled()
    {
        string[] code =
        [
            .. Readme.SkipWhile(line => !string.Equals(line, "```csharp", StringComparison.Ordinal)).Skip(1)
                .TakeWhile(line => !string.Equals(line, "```", StringComparison.Ordinal)),
        ];

        Assert.Equal(File.ReadAllLines(InOutput("QuickStart.cs")), code, StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_code_does_what_it_says_also_a_second_time()
    {
        for (var time = 0; time < 2; time++)
        {
            var result = await OwnProcess.RunInAsync(PathOf("."), "exec", InOutput("QuickStart.dll"));

            Assert.Equal((ExitCode.Fine, ""), (result.ExitCode, result.Error));
            Assert.Equal(
                [
                    "QmNnooDu7bfjPFoTZYxMNLWUQJyrVwtbZg5gBMjTezGAJN is at /dnsaddr/bootstrap.libp2p.io",
                    "/ipfs/kad/1.0.0",
                    "kubo/0.30.0/",
                ],
                result.Lines,
                StringComparer.Ordinal);
        }
    }

    private Task<CliResult> RunAsync(string half) =>
        OwnProcess.RunInAsync(PathOf("."), ["exec", OwnProcess.Program, .. half[Run.Length..].Split(' ')]);

    private static string InOutput(string name) => Path.Combine(AppContext.BaseDirectory, name);
}

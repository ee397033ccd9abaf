using System.Globalization;
using System.Text;
using Libp2p;

namespace Peerstore.Cli.Tests;

/// <summary>How large the commands that store let a file become, and that those that look leave it as it is.</summary>
public sealed class MaxSizeTests : TemporaryDirectory
{
    private const int Many = 20_000;
    private const long Max = 1 << 20;

    private static readonly string[] Peers = [.. Enumerable.Range(0, Many).Select(NameOf)];

    private string Export => PathOf("peers.export");

    private string Small => PathOf("small.db");

    [Fact]
    public async Task A_file_that_is_ingested_into_stays_within_its_maximum()
    {
        var ingested = await InProcess.RunOnTextAsync(Lines(), "ingest", "-", "--db", Small, "--max-size", "1M");

        Assert.Equal((ExitCode.Fine, ""), (ingested.ExitCode, ingested.Error));
        await AssertIsSmallAsync();
    }

    [Fact]
    public async Task A_file_that_is_imported_into_stays_within_its_maximum_and_one_that_is_looked_into_keeps_its_size()
    {
        await IngestAsync();
        var size = new FileInfo(Db).Length;
        // Otherwise none of this shows anything.
        Assert.InRange(size, Max + (Max / 4), long.MaxValue);
        string[][] looks =
        [
            ["list"], ["stats"], ["show", Peers[0]], ["export"], ["export", "--format", "entries", "--out", Export],
        ];
        foreach (var look in looks)
        {
            Assert.Equal(ExitCode.Fine, (await InProcess.RunAsync([.. look, "--db", Db])).ExitCode);
            Assert.Equal((size, Many), (new FileInfo(Db).Length, await CountAsync(Db)));
        }

        var imported = await InProcess.RunAsync("import", Export, "--db", Small, "--max-size", "1048576");

        Assert.Equal((ExitCode.Fine, ""), (imported.ExitCode, imported.Error));
        await AssertIsSmallAsync();
    }

    [Fact]
    public async Task A_file_that_has_more_already_is_made_smaller()
    {
        await IngestAsync();
        File.Move(Db, Small);

        await InProcess.RunOnTextAsync("", "ingest", "-", "--db", Small, "--max-size", "1024K");

        await AssertIsSmallAsync();
    }

    [Theory]
    [InlineData("ingest", "much", "'much' is not a size: write a number of bytes, or one with K, M or G, as 512M.")]
    [InlineData("import", "", "'' is not a size: write a number of bytes, or one with K, M or G, as 512M.")]
    [InlineData("import", "512K", "'512K' is too small: the file of a peerstore needs at least 1M.")]
    public async Task What_is_no_size_is_said_before_anything_is_read_or_made(string command, string size, string sentence)
    {
        var result = await InProcess.RunAsync(command, PathOf("none"), "--db", Db, "--max-size", size);

        Assert.Equal((ExitCode.CannotDo, $"{sentence}\n", ""), (result.ExitCode, result.Error, result.Out));
        Assert.False(File.Exists(Db));
    }

    [Theory]
    [InlineData("ingest")]
    [InlineData("import")]
    public async Task The_help_says_what_the_maximum_is(string command)
    {
        var help = await InProcess.RunAsync(command, "--help");

        Assert.Contains(help.Lines, static line => line.Contains("--max-size <SIZE>", StringComparison.Ordinal));
        Assert.Contains("[default: 8G]", help.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("stats")]
    [InlineData("export")]
    public async Task A_command_that_looks_takes_no_maximum(string command)
    {
        var result = await InProcess.RunAsync(command, "--db", Db, "--max-size=1M");

        Assert.Equal(ExitCode.CannotDo, result.ExitCode);
        Assert.StartsWith("Unrecognized command or argument '--max-size=1M'.", result.Error, StringComparison.Ordinal);
    }

    private static string NameOf(int number)
    {
        var id = new byte[34];
        // A SHA-256 multihash; which bytes it is of nobody asks.
        (id[0], id[1]) = (0x12, 0x20);
        BitConverter.TryWriteBytes(id.AsSpan(2), number);
        Assert.True(PeerId.TryDecode(id, out var peer));
        return peer.ToString();
    }

    private static string Lines()
    {
        var lines = new StringBuilder();
        foreach (var peer in Peers)
        {
            lines.Append(CultureInfo.InvariantCulture, $"/ip4/192.0.2.1/tcp/4001/p2p/{peer}\n");
        }

        return lines.ToString();
    }

    private static async Task<int> CountAsync(string db) =>
        (await InProcess.RunAsync("stats", "--db", db, "--json")).Json.GetProperty("peers").GetInt32();

    private async Task IngestAsync() =>
        Assert.Equal(ExitCode.Fine, (await InProcess.RunOnTextAsync(Lines(), "ingest", "-", "--db", Db)).ExitCode);

    private async Task AssertIsSmallAsync()
    {
        Assert.InRange(new FileInfo(Small).Length, Max / 2, Max);
        Assert.InRange(await CountAsync(Small), Many / 10, Many / 2);
        Assert.Equal(ExitCode.Fine, (await InProcess.RunAsync("check", "--db", Small)).ExitCode);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Libp2p;

namespace Peerstore.Cli.Tests;

/// <summary><c>show</c>, <c>list</c> and <c>stats</c>.</summary>
public sealed class QueryCommandTests : TemporaryDirectory
{
    private const string Unknown = "12D3KooWLT7SBmmzQFvoabqGmPXtXbTU731K1maRSXhDaixggPw4";

    [Fact]
    public async Task Show_tells_all_that_is_known()
    {
        await IngestSampleAsync();
        var expected = ExpectedPeer.All[0];

        var result = await InProcess.RunAsync("show", expected.Peer, "--db", Db);

        Assert.Equal(ExitCode.Fine, result.ExitCode);
        Assert.Contains($"peer:            {expected.Peer}", result.Lines, StringComparer.Ordinal);
        Assert.Contains("key:             Ed25519", result.Lines, StringComparer.Ordinal);
        Assert.Contains(
            $"record:          seq {expected.Sequence}, {expected.Envelope.Length} bytes, 2 addresses",
            result.Lines,
            StringComparer.Ordinal);
        Assert.Contains($"AgentVersion:    {expected.Agent}", result.Lines, StringComparer.Ordinal);
        Assert.All(expected.Protocols, protocol => Assert.Contains(protocol, result.Lines, StringComparer.Ordinal));
        Assert.All(expected.Certified, address => Assert.Contains(
            result.Lines, line => line.StartsWith(address, StringComparison.Ordinal) && line.Contains("certified", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Show_takes_any_spelling_of_a_peer_ID()
    {
        await IngestSampleAsync();
        var peer = ExpectedPeer.All[0].Peer;

        var result = await InProcess.RunAsync("show", PeerId.Parse(peer).ToCid(), "--db", Db, "--json");

        Assert.Equal(peer, result.Json.GetProperty("peer").GetString());
    }

    [Fact]
    public async Task An_unknown_peer_has_no_answer()
    {
        await IngestSampleAsync();

        var result = await InProcess.RunAsync("show", Unknown, "--db", Db);

        Assert.Equal(ExitCode.NoAnswer, result.ExitCode);
        Assert.Equal($"Nothing is known of peer {Unknown}.\n", result.Error);
        Assert.Empty(result.Out);
    }

    [Fact]
    public async Task What_is_not_a_peer_ID_cannot_be_shown()
    {
        var result = await InProcess.RunAsync("show", "x\u001b[2J", "--db", Db);

        Assert.Equal(ExitCode.CannotDo, result.ExitCode);
        Assert.StartsWith("'x\\u{1b}[2J' is not a peer ID; the rule broken at position 0: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_shows_some_and_says_how_many_more_there_are()
    {
        await IngestSampleAsync();

        var some = await InProcess.RunAsync("list", "--limit", "5", "--db", Db);
        var all = await InProcess.RunAsync("list", "--db", Db);

        Assert.Equal("and 7 more; --limit N lists more of them", some.Lines[^1]);
        Assert.Equal("12 peers", all.Lines[^1]);
        Assert.All(ExpectedPeer.All, expected => Assert.Contains(
            all.Lines,
            line => line.StartsWith(expected.Peer, StringComparison.Ordinal) && line.EndsWith(expected.Agent, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task List_fits_in_80_columns_and_breaks_only_agents()
    {
        await IngestSampleAsync();

        var list = await InProcess.RunAtTerminalAsync("list", "--db", Db);

        Assert.All(list.Lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains(list.Lines, line => line.TrimEnd().EndsWith(" addr prot agent", StringComparison.Ordinal));
        Assert.All(ExpectedPeer.All, expected => Assert.Contains(
            list.Lines, line => line.StartsWith($"{expected.Peer} 2 ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task List_answers_in_JSON()
    {
        await IngestSampleAsync();

        var list = (await InProcess.RunAsync("list", "--limit", "3", "--db", Db, "--json")).Json;

        Assert.Equal(12, list.GetProperty("total").GetInt32());
        Assert.Equal(3, list.GetProperty("peers").GetArrayLength());
        Assert.All(list.GetProperty("peers").EnumerateArray(), peer => Assert.Equal(2, peer.GetProperty("addresses").GetInt32()));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("99999999999")]
    public async Task A_limit_is_a_number_from_one_on(string limit)
    {
        var result = await InProcess.RunAsync("list", "--limit", limit, "--db", Db);

        Assert.Equal(ExitCode.CannotDo, result.ExitCode);
        Assert.StartsWith($"'{limit}' is not a limit", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stats_count_the_store()
    {
        await IngestSampleAsync();

        var stats = (await InProcess.RunAsync("stats", "--db", Db, "--json")).Json;
        var text = await InProcess.RunAsync("stats", "--db", Db);

        Assert.Equal(12, stats.GetProperty("peers").GetInt32());
        Assert.Equal(12, stats.GetProperty("records").GetInt32());
        Assert.Equal(12, stats.GetProperty("keys").GetInt32());
        Assert.Equal(24, stats.GetProperty("addresses").GetInt32());
        Assert.Equal(24, stats.GetProperty("certifiedAddresses").GetInt32());
        Assert.Equal(["ip4/tcp", "ip6/tcp"], Names(stats, "transports"), StringComparer.Ordinal);
        Assert.Equal(6, stats.GetProperty("agents").GetArrayLength());
        Assert.Contains("records:   12", text.Lines, StringComparer.Ordinal);
        Assert.Contains("ip4/tcp    12", text.Lines, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("show", Unknown)]
    [InlineData("list")]
    [InlineData("stats")]
    [InlineData("export")]
    public async Task A_missing_peerstore_is_one_sentence_and_is_not_made(params string[] args)
    {
        var result = await InProcess.RunAsync([.. args, "--db", Db]);

        Assert.Equal(ExitCode.CannotDo, result.ExitCode);
        Assert.Single(result.Error, c => c == '\n');
        Assert.False(File.Exists(Db));
    }

    [Fact]
    public async Task Hostile_texts_reach_no_terminal()
    {
        const string Hostile = "\u001b]0;owned\u0007\r\n[red]\u202eforged[/]";
        var alice = new Identity();
        var line = alice.Identify();
        line["agentVersion"] = Hostile;
        line["protocolVersion"] = Hostile;
        line["protocols"] = new JsonArray(Hostile);
        line["listenAddrs"] = new JsonArray("/dns4/a\u001b[2Jb/tcp/1");
        await InProcess.RunOnTextAsync(line.ToJsonString(), "ingest", "-", "--db", Db);

        foreach (var args in (string[][])[["show", alice.Peer.ToString()], ["list"], ["stats"], ["export"], ["export", "--format", "multiaddrs"]])
        {
            foreach (var json in (string[])["", "--json"])
            {
                var result = await InProcess.RunAsync([.. args, "--db", Db, .. json.Length > 0 ? new[] { json } : []]);

                Assert.Equal(ExitCode.Fine, result.ExitCode);
                Assert.DoesNotContain(result.Out + result.Error, c => c is < ' ' and not '\n' or '\u202e');
                Assert.DoesNotContain(result.Lines, l => l.StartsWith("[red]", StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("list", "--db", "")]
    [InlineData("ingest", "-", "--db", "")]
    [InlineData("ingest", "-", "--errors", "")]
    [InlineData("ingest", "")]
    [InlineData("export", "--db", "")]
    [InlineData("conformance", "")]
    [InlineData("foo")]
    [InlineData("list", "--what")]
    [InlineData("list", "--db")]
    [InlineData("show")]
    [InlineData]
    public async Task A_command_line_that_is_not_understood_is_one_sentence(params string[] args)
    {
        var result = await InProcess.RunAsync(args);

        Assert.Equal(ExitCode.CannotDo, result.ExitCode);
        Assert.Empty(result.Out);
        Assert.Single(result.Error, c => c == '\n');
        Assert.EndsWith(" Run 'peerstore --help' for help.\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_command()
    {
        var result = await InProcess.RunAsync("--help");

        Assert.Equal(ExitCode.Fine, result.ExitCode);
        Assert.All(
            (string[])["ingest", "show", "list", "stats", "export", "conformance"],
            command => Assert.Contains($"\n  {command} ", result.Out, StringComparison.Ordinal));
    }

    private async Task IngestSampleAsync() =>
        Assert.Equal(ExitCode.Fine, (await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db)).ExitCode);

    private static string[] Names(JsonElement stats, string field) =>
        [.. stats.GetProperty(field).EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];
}

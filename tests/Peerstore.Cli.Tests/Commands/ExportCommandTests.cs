using System.Text.Json;

namespace Peerstore.Cli.Tests;

public sealed class ExportCommandTests : TemporaryDirectory
{
    [Theory]
    [InlineData("multiaddrs")]
    [InlineData("addrinfo")]
    public async Task What_was_exported_is_read_back_as_the_same_addresses(string format)
    {
        await InProcess.RunAsync("ingest", SampleData.BootNodes, "--db", Db);
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);
        var other = PathOf("other.db");

        var exported = await ExportAsync(format, Db);
        var ingested = await InProcess.RunOnTextAsync(exported.Out, "ingest", "-", "--db", other);

        Assert.Equal(ExitCode.Fine, ingested.ExitCode);
        Assert.Empty(ingested.Error);
        Assert.Empty(exported.Error);
        var stored = await AddressLinesAsync(Db);
        Assert.Equal(466 + 24, stored.Length);
        Assert.Equal(stored, await AddressLinesAsync(other), StringComparer.Ordinal);
    }

    [Fact]
    public async Task AddrInfo_is_written_as_go_writes_it()
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);

        var result = await ExportAsync("addrinfo", Db);

        Assert.Equal(12, result.Lines.Count);
        foreach (var expected in ExpectedPeer.All)
        {
            var info = result.Lines.Select(line => JsonDocument.Parse(line).RootElement)
                .Single(line => line.GetProperty("ID").ValueEquals(expected.Peer));
            Assert.Equal(expected.Certified, info.GetProperty("Addrs").Texts().Order(StringComparer.Ordinal), StringComparer.Ordinal);
            Assert.Equal(2, info.EnumerateObject().Count());
        }
    }

    [Fact]
    public async Task The_full_form_has_every_peer_with_its_record()
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);

        var result = await InProcess.RunAsync("export", "--db", Db);

        Assert.Equal(12, result.Lines.Count);
        foreach (var expected in ExpectedPeer.All)
        {
            ExpectedPeerAssert.Holds(expected, Find(result, expected.Peer));
        }
    }

    [Fact]
    public async Task An_address_that_is_not_a_line_of_text_is_left_out()
    {
        var peer = ExpectedPeer.All[0].Peer;
        var line = $$"""{"ID":"{{peer}}","Addrs":["/dns4/a\nb/tcp/1","/ip4/192.0.2.1/tcp/1"]}""";
        await InProcess.RunOnTextAsync(line, "ingest", "-", "--db", Db);

        var result = await ExportAsync("multiaddrs", Db);

        Assert.Equal([$"/ip4/192.0.2.1/tcp/1/p2p/{peer}"], result.Lines, StringComparer.Ordinal);
        Assert.StartsWith("1 addresses were left out", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_behind_which_no_peer_can_stand_is_left_out()
    {
        var peer = ExpectedPeer.All[0].Peer;
        var line = $$"""{"ID":"{{peer}}","Addrs":["/unix/tmp/x","/ip4/192.0.2.1/tcp/1"]}""";
        await InProcess.RunOnTextAsync(line, "ingest", "-", "--db", Db);

        var lines = await ExportAsync("multiaddrs", Db);
        var infos = await ExportAsync("addrinfo", Db);

        Assert.Equal(ExitCode.Fine, lines.ExitCode);
        Assert.Equal([$"/ip4/192.0.2.1/tcp/1/p2p/{peer}"], lines.Lines, StringComparer.Ordinal);
        Assert.StartsWith("1 addresses were left out", lines.Error, StringComparison.Ordinal);
        Assert.Contains("/unix/tmp/x", infos.Json.GetProperty("Addrs").Texts(), StringComparer.Ordinal);
        Assert.Empty(infos.Error);
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("addrinfo")]
    public async Task What_is_JSON_anyway_is_the_same_with_and_without_asking(string format)
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);

        var asked = await InProcess.RunAsync("export", "--format", format, "--json", "--db", Db);
        var help = await InProcess.RunAsync("export", "--help");

        Assert.Equal((await ExportAsync(format, Db)).Out, asked.Out);
        Assert.Contains("jsonl and addrinfo are JSON anyway", help.Out, StringComparison.Ordinal);
        Assert.Contains("[default: jsonl]", help.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Multiaddrs_are_JSON_texts_where_that_is_asked_for()
    {
        await InProcess.RunAsync("ingest", SampleData.BootNodes, "--db", Db);

        var result = await InProcess.RunAsync("export", "--format", "multiaddrs", "--json", "--db", Db);

        Assert.All(result.Lines, line => Assert.StartsWith("/", JsonDocument.Parse(line).RootElement.GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_format_is_one_sentence()
    {
        var result = await ExportAsync("xml", Db);

        Assert.Equal(ExitCode.CannotDo, result.ExitCode);
        Assert.StartsWith("'xml' is not a format: write jsonl, addrinfo, multiaddrs or entries.", result.Error, StringComparison.Ordinal);
    }

    private static async Task<string[]> AddressLinesAsync(string db) =>
        [.. (await ExportAsync("multiaddrs", db)).Lines.Order(StringComparer.Ordinal)];

    private static Task<CliResult> ExportAsync(string format, string db) =>
        InProcess.RunAsync("export", "--format", format, "--db", db);

    private static JsonElement Find(CliResult result, string peer) => result.Lines
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Single(line => line.GetProperty("peer").ValueEquals(peer));
}

using System.Text.Json;

namespace Peerstore.Cli.Tests;

public sealed class ImportCommandTests : TemporaryDirectory
{
    private string Export => PathOf("peers.export");

    private string Other => PathOf("other.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_exported_is_imported_as_the_same_peers()
    {
        await ExportSampleAsync();

        var imported = await InProcess.RunAsync("import", Export, "--db", Other, "--json");

        Assert.Equal((ExitCode.Fine, ""), (imported.ExitCode, imported.Error));
        Assert.Equal((12, 12), (Number(imported.Json, "entries"), Number(imported.Json, "changed")));
        Assert.Equal(12, Number(imported.Json.GetProperty("records"), "accepted"));
        Assert.Equal(24, Number(imported.Json.GetProperty("addresses"), "added"));
        Assert.Equal(await LinesAsync(Db), await LinesAsync(Other));
        Assert.Equal(ExitCode.Fine, (await InProcess.RunAsync("check", "--db", Other)).ExitCode);
    }

    [Fact]
    public async Task A_second_time_it_says_that_nothing_was_new()
    {
        await ExportSampleAsync();
        await InProcess.RunAsync("import", Export, "--db", Other);

        var again = await InProcess.RunAsync("import", Export, "--db", Other);

        Assert.Equal(ExitCode.Fine, again.ExitCode);
        Assert.StartsWith("made:         20", again.Lines[0], StringComparison.Ordinal);
        Assert.Equal("entries:      12 read: 0 changed something, 12 changed nothing, 0 found no room, 0 damaged", again.Lines[1]);
        Assert.Equal(6, again.Lines.Count);
    }

    [Fact]
    public async Task Through_a_pipe_it_is_the_same()
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db, "--ttl", "permanent");
        var pipe = new MemoryStream();

        var exported = await InProcess.RunWithOutputAsync(pipe, "export", "--format", "entries", "--db", Db);
        var imported = await InProcess.RunAsync(new MemoryStream(pipe.ToArray()), "import", "-", "--db", Other, "--permanent-addresses");

        Assert.Equal((ExitCode.Fine, "", ""), (exported.ExitCode, exported.Out, exported.Error));
        Assert.Equal((ExitCode.Fine, ""), (imported.ExitCode, imported.Error));
        Assert.Equal(await LinesAsync(Db), await LinesAsync(Other));
    }

    [Theory]
    [InlineData("permanent", 36, null, 3600)]
    [InlineData("10000h", 24, 36_000_000, 2_592_000)]
    public async Task Addresses_live_as_long_as_the_export_says_only_if_that_is_asked_for(
        string ttl, int addresses, int? seconds, int shortened)
    {
        await ExportSampleAsync(ttl);

        var careful = await InProcess.RunAsync("import", Export, "--db", Other);
        Assert.Equal((ExitCode.Fine, ""), (careful.ExitCode, careful.Error));
        Assert.Equal($"addresses:    {addresses} added, 0 renewed, 0 had ended, 0 left out, {addresses} shortened", careful.Lines[2]);
        Assert.Equal([shortened], await LifetimesAsync(Other));

        var trusting = await InProcess.RunAsync("import", Export, "--db", Other, "--permanent-addresses", "--json");
        Assert.Equal((ExitCode.Fine, ""), (trusting.ExitCode, trusting.Error));
        var told = trusting.Json.GetProperty("addresses");
        Assert.Equal((addresses, 0), (Number(told, "renewed"), Number(told, "shortened")));
        Assert.Equal([seconds], await LifetimesAsync(Other));
    }

    [Fact]
    public async Task A_file_of_the_first_version_goes_through_an_export()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Fixtures", "schema-1.db"), Db);
        await InProcess.RunAsync("export", "--format", "entries", "--out", Export, "--db", Db);

        Assert.Equal(ExitCode.Fine, (await InProcess.RunAsync("import", Export, "--db", Other)).ExitCode);

        foreach (var expected in ExpectedPeer.All)
        {
            var shown = await InProcess.RunAsync("show", expected.Peer, "--db", Other, "--json");
            ExpectedPeerAssert.Holds(expected, shown.Json);
        }
    }

    [Fact]
    public async Task A_damaged_entry_is_shown_with_its_place_and_the_rest_is_taken()
    {
        await ExportSampleAsync();
        var bytes = await File.ReadAllBytesAsync(Export, Cancellation);
        bytes[21 + 9 + 100] ^= 1;
        await File.WriteAllBytesAsync(Export, bytes, Cancellation);

        var text = await InProcess.RunAsync("import", Export, "--db", Other);
        var json = await InProcess.RunAsync("import", Export, "--db", Other, "--json");

        Assert.Equal((ExitCode.NoAnswer, ""), (text.ExitCode, text.Error));
        Assert.Contains("11 changed something", text.Lines[1], StringComparison.Ordinal);
        Assert.Contains("the checksum of the entry is wrong", text.Lines[^1], StringComparison.Ordinal);
        Assert.Equal(ExitCode.NoAnswer, json.ExitCode);
        var problem = Assert.Single(json.Json.GetProperty("problems").EnumerateArray());
        Assert.Equal((1, 21), (Number(problem, "entry"), Number(problem, "position")));
        Assert.Equal(11, (await LinesAsync(Other)).Length);
    }

    [Fact]
    public async Task Of_a_file_that_is_cut_off_the_whole_entries_are_stored_and_counted()
    {
        await ExportSampleAsync();
        var bytes = await File.ReadAllBytesAsync(Export, Cancellation);
        await File.WriteAllBytesAsync(Export, bytes[..^20], Cancellation);

        var result = await InProcess.RunAsync("import", Export, "--db", Other, "--json");

        var sentence = $"The export is cut off at byte {bytes.Length - 20}, behind 11 entries: its end mark is missing. What was imported before is stored.\n";
        Assert.Equal((ExitCode.CannotDo, sentence), (result.ExitCode, result.Error));
        Assert.Equal(11, Number(result.Json, "changed"));
        Assert.Equal(11, (await LinesAsync(Other)).Length);
    }

    [Fact]
    public async Task What_follows_the_end_is_not_read_and_that_is_said()
    {
        await ExportSampleAsync();
        var bytes = await File.ReadAllBytesAsync(Export, Cancellation);

        var result = await InProcess.RunAsync(new MemoryStream([.. bytes, .. bytes]), "import", "-", "--db", Other, "--json");

        Assert.Equal((ExitCode.NoAnswer, "Something follows the end of the export; it was not read.\n"), (result.ExitCode, result.Error));
        Assert.Equal(12, Number(result.Json, "entries"));
    }

    [Fact]
    public async Task A_mistake_is_one_sentence_and_leaves_no_file()
    {
        var text = Write("lines.txt", "/ip4/192.0.2.1/tcp/1");
        await File.WriteAllBytesAsync(PathOf("empty"), [], Cancellation);
        await File.WriteAllBytesAsync(PathOf("newer"), [0x89, (byte)'l', (byte)'2', (byte)'p', 0x0D, 0x0A, 0x1A, 0x0A, 9], Cancellation);
        (string[] Arguments, string Sentence)[] mistakes =
        [
            (["import", text], "This is not an export of a peerstore."),
            (["import", PathOf("empty")], "This is not an export of a peerstore."),
            (["import", PathOf("newer")], "The export is of version 9, which this program does not know."),
            (["import", PathOf("none")], $"There is no file {PathOf("none")}."),
            (["import", PathOf(".")], $"{PathOf(".")} is a folder, not a file."),
            (["import", ""], "FILE is empty: write the name of a file. Run 'peerstore --help' for help."),
            (["import", "-"], "This is not an export of a peerstore."),
        ];
        foreach (var (arguments, sentence) in mistakes)
        {
            var result = await InProcess.RunAsync([.. arguments, "--db", Other]);
            Assert.Equal((ExitCode.CannotDo, $"{sentence}\n", ""), (result.ExitCode, result.Error, result.Out));
        }

        Assert.False(File.Exists(Other));
    }

    [Fact]
    public async Task Ctrl_C_keeps_what_was_imported_until_then()
    {
        await ExportSampleAsync();
        using var stop = new CancellationTokenSource();
        using var input = new StoppingStream(await File.ReadAllBytesAsync(Export, Cancellation), stop);
        var error = new StringWriter { NewLine = "\n" };
        var host = new CliHost { OpenInput = () => input, Out = TextWriter.Null, Error = error };

        var exitCode = await CliApp.RunAsync(["import", "-", "--db", Other], host, stop.Token);

        Assert.Equal(
            (ExitCode.Interrupted, "Stopped; what was imported until then is stored.\n"), (exitCode, error.ToString()));
        Assert.InRange((await LinesAsync(Other)).Length, 1, 11);
    }

    [Fact]
    public async Task What_is_in_the_store_already_stays()
    {
        await ExportSampleAsync();
        await InProcess.RunAsync("ingest", SampleData.BootNodes, "--db", Other);
        var before = (await LinesAsync(Other)).Length;

        await InProcess.RunAsync("import", Export, "--db", Other);

        Assert.Equal(before + 12, (await LinesAsync(Other)).Length);
    }

    private static long Number(JsonElement json, string name) => json.GetProperty(name).GetInt64();

    private static async Task<string[]> LinesAsync(string db) =>
        [.. (await InProcess.RunAsync("export", "--db", db)).Lines.Order(StringComparer.Ordinal)];

    /// <summary>The distinct lifetimes of all addresses, in seconds.</summary>
    private static async Task<HashSet<int?>> LifetimesAsync(string db) =>
    [
        .. (await InProcess.RunAsync("export", "--db", db)).Lines
            .SelectMany(static line => JsonDocument.Parse(line).RootElement.GetProperty("addresses").EnumerateArray())
            .Select(static address => address.TryGetProperty("ttlSeconds", out var ttl) ? (int)ttl.GetDouble() : (int?)null),
    ];

    private async Task ExportSampleAsync(string ttl = "24h")
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db, "--ttl", ttl);
        var exported = await InProcess.RunAsync("export", "--format", "entries", "--out", Export, "--db", Db);
        Assert.Equal((ExitCode.Fine, ""), (exported.ExitCode, exported.Error));
    }

    /// <summary>Gives its first half, and is then interrupted.</summary>
    private sealed class StoppingStream(byte[] bytes, CancellationTokenSource stop) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var left = (int)(Length / 2) - (int)Position;
            if (left <= 0)
            {
                stop.Cancel();
                return ValueTask.FromCanceled<int>(stop.Token);
            }

            return base.ReadAsync(buffer[..Math.Min(left, buffer.Length)], cancellationToken);
        }
    }
}

using System.Text.Json;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.Cli.Tests;

/// <summary>The built program, in processes of its own.</summary>
public sealed class NewProcessTests : TemporaryDirectory
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_process_ingests_another_one_shows()
    {
        var ingested = await OwnProcess.RunAsync("ingest", SampleData.Network, "--db", Db, "--json");
        Assert.Equal(ExitCode.Fine, ingested.ExitCode);
        Assert.Equal(12, ingested.Json.GetProperty("peers").GetInt32());
        Assert.Equal(253, ingested.Json.GetProperty("records").GetProperty("verified").GetInt32());

        foreach (var expected in ExpectedPeer.All)
        {
            var shown = await OwnProcess.RunAsync("show", expected.Peer, "--db", Db, "--json");
            ExpectedPeerAssert.Holds(expected, shown.Json);
        }
    }

    [Fact]
    public async Task What_this_process_ingests_another_one_exports()
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);

        var exported = await OwnProcess.RunAsync("export", "--db", Db);

        Assert.Equal(12, exported.Lines.Count);
        var peers = exported.Lines
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(peer => peer.GetProperty("peer").GetString()!, StringComparer.Ordinal);
        Assert.All(ExpectedPeer.All, expected => ExpectedPeerAssert.Holds(expected, peers[expected.Peer]));
    }

    [Fact]
    public async Task Entries_go_through_a_pipe_from_one_process_to_another()
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);
        using var import = OwnProcess.Start(OwnProcess.Dotnet, "exec", OwnProcess.Program, "import", "-", "--db", PathOf("other.db"), "--json");
        using (var export = OwnProcess.Start(OwnProcess.Dotnet, "exec", OwnProcess.Program, "export", "--format", "entries", "--db", Db))
        {
            await export.StandardOutput.BaseStream.CopyToAsync(import.StandardInput.BaseStream, Cancellation);
            await export.WaitForExitAsync(Cancellation);
            Assert.Equal(ExitCode.Fine, export.ExitCode);
        }

        import.StandardInput.Close();
        var answer = await import.StandardOutput.ReadToEndAsync(Cancellation);
        await import.WaitForExitAsync(Cancellation);

        Assert.Equal(ExitCode.Fine, import.ExitCode);
        Assert.Equal(12, JsonDocument.Parse(answer).RootElement.GetProperty("changed").GetInt32());
    }

    [Fact]
    public async Task The_variable_for_the_passphrase_reaches_the_process()
    {
        using (var protection = PrivateKeyProtection.FromPassphrase("open sesame"))
        {
            await using var store = await SqlitePeerstore.OpenAsync(Db, new() { PrivateKeys = protection }, cancellationToken: Cancellation);
        }

        var locked = await OwnProcess.RunAsync("stats", "--db", Db);
        var opened = await OwnProcess.RunWithPassphraseAsync("open sesame", "stats", "--db", Db);

        Assert.Equal((ExitCode.CannotDo, ExitCode.Fine), (locked.ExitCode, opened.ExitCode));
    }

    [Fact]
    public async Task The_exit_code_and_the_sentence_reach_the_shell()
    {
        var missing = await OwnProcess.RunAsync("ingest", PathOf("none"), "--db", Db);
        var unknown = await OwnProcess.RunAsync("what");

        Assert.Equal(ExitCode.CannotDo, missing.ExitCode);
        Assert.Equal($"There is no file {PathOf("none")}.", missing.Error.TrimEnd());
        Assert.Equal(ExitCode.CannotDo, unknown.ExitCode);
        Assert.Empty(missing.Out + unknown.Out);
    }

    [Fact]
    public async Task A_reader_that_leaves_early_is_no_failure()
    {
        await InProcess.RunAsync("ingest", SampleData.BootNodes, "--db", Db);
        using var process = OwnProcess.Start(OwnProcess.Dotnet, "exec", OwnProcess.Program, "export", "--db", Db);

        var first = await process.StandardOutput.ReadLineAsync(Cancellation);
        process.StandardOutput.Close();
        var error = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);

        Assert.StartsWith("{\"peer\":", first, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Fine, process.ExitCode);
        Assert.Empty(error);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_run_and_keeps_what_was_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the test sends a POSIX signal");
        Assert.SkipWhen(IgnoresInterrupts(), "this run was started with SIGINT ignored (as by nohup), and so is every child");
        var errors = PathOf("errors.txt");
        using var process = OwnProcess.Start(
            OwnProcess.Dotnet, "exec", OwnProcess.Program, "ingest", "-", "--db", Db, "--errors", errors);
        // Without the file's own bad lines, so that the last line is the first bad one.
        var lines = (await File.ReadAllLinesAsync(SampleData.BootNodes, Cancellation))
            .Where(static line => Libp2p.Multiaddr.TryParse(line, out _));
        await process.StandardInput.WriteAsync($"{string.Join('\n', lines)}\n".AsMemory(), Cancellation);
        await process.StandardInput.WriteAsync("/bad\n".AsMemory(), Cancellation);
        await process.StandardInput.FlushAsync(Cancellation);
        // Made at the first bad line, which is the last one here: then all lines have been taken.
        while (!File.Exists(errors))
        {
            await Task.Delay(20, Cancellation);
        }

        using (var kill = System.Diagnostics.Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(Cancellation);
        }

        var error = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);

        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
        Assert.Equal("Stopped after line 467; what was read until then is stored.", error.TrimEnd());
        var list = await InProcess.RunAsync("list", "--db", Db, "--json");
        Assert.Equal(319, list.Json.GetProperty("total").GetInt32());
    }

    private static bool IgnoresInterrupts()
    {
        const string Status = "/proc/self/status";
        const string Ignored = "SigIgn:";
        const ulong Interrupt = 1 << 1;
        return File.Exists(Status) && File.ReadLines(Status)
            .Where(static line => line.StartsWith(Ignored, StringComparison.Ordinal))
            .Any(static line => (Convert.ToUInt64(line[Ignored.Length..].Trim(), 16) & Interrupt) != 0);
    }
}

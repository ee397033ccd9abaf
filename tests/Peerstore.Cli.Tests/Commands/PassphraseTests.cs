using Libp2p;
using Libp2p.Peerstore;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.Cli.Tests;

/// <summary>Files whose private keys are protected.</summary>
public sealed class PassphraseTests : TemporaryDirectory
{
    private const string Secret = "correct horse battery staple";
    private readonly Identity _identity = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string PassphraseFile => PathOf("passphrase");

    public static TheoryData<string> Commands => new("list", "stats", "show", "export", "ingest", "import");

    [Theory, MemberData(nameof(Commands))]
    public async Task Every_command_that_opens_a_store_says_what_to_give_and_takes_it(string command)
    {
        await ProtectAsync(Db);
        await File.WriteAllTextAsync(PassphraseFile, $"{Secret}\nnot this line\n", Cancellation);
        await File.WriteAllTextAsync(PathOf("wrong"), "wrong", Cancellation);
        string[] arguments = [.. await ArgumentsAsync(command), "--db", Db];

        var without = await InProcess.RunAsync(arguments);
        var wrong = await InProcess.RunAsync([.. arguments, "--passphrase-file", PathOf("wrong")]);
        var fromFile = await InProcess.RunAsync([.. arguments, "--passphrase-file", PassphraseFile]);
        var fromVariable = await InProcess.RunWithPassphraseAsync(Secret, arguments);
        var fileFirst = await InProcess.RunWithPassphraseAsync("wrong", [.. arguments, "--passphrase-file", PassphraseFile]);

        Assert.Equal(
            (ExitCode.CannotDo, $"The private keys in {Db} need a passphrase: give it with --passphrase-file FILE, or in the variable PEERSTORE_PASSPHRASE.\n"),
            (without.ExitCode, without.Error));
        Assert.Equal((ExitCode.CannotDo, $"This is not the passphrase of the private keys in {Db}.\n"), (wrong.ExitCode, wrong.Error));
        Assert.All([fromFile, fromVariable, fileFirst], static result => Assert.Equal((ExitCode.Fine, ""), (result.ExitCode, result.Error)));
        Assert.All(
            [without, wrong, fromFile],
            static result => Assert.DoesNotContain("correct horse", result.Out + result.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\nsecond line", "is empty")]
    [InlineData("\r\n", "is empty")]
    [InlineData("\u00e9", "is not a text in UTF-8")]
    public async Task A_file_without_a_passphrase_is_one_sentence(string content, string problem)
    {
        await ProtectAsync(Db);
        await File.WriteAllTextAsync(PassphraseFile, content, System.Text.Encoding.Latin1, Cancellation);

        var result = await InProcess.RunAsync("list", "--db", Db, "--passphrase-file", PassphraseFile);

        Assert.Equal(
            (ExitCode.CannotDo, $"The first line of {PassphraseFile} {problem}: it has to be the passphrase.\n"),
            (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task A_file_that_is_missing_or_endless_is_one_sentence()
    {
        await File.WriteAllBytesAsync(PathOf("long"), new byte[5000], Cancellation);

        var missing = await InProcess.RunAsync("list", "--db", Db, "--passphrase-file", PathOf("none"));
        var tooLong = await InProcess.RunAsync("list", "--db", Db, "--passphrase-file", PathOf("long"));
        var empty = await InProcess.RunAsync("list", "--db", Db, "--passphrase-file", "");

        Assert.Equal($"There is no file {PathOf("none")}.\n", missing.Error);
        Assert.Equal($"The first line of {PathOf("long")} is too long for a passphrase: more than 4096 bytes.\n", tooLong.Error);
        Assert.StartsWith("--passphrase-file is empty", empty.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passphrase_that_is_needed_for_another_file_protects_none()
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);

        foreach (var arguments in (string[][])[["list"], ["export"], ["ingest", SampleData.BootNodes]])
        {
            var result = await InProcess.RunWithPassphraseAsync(Secret, [.. arguments, "--db", Db]);
            Assert.Equal(ExitCode.Fine, result.ExitCode);
        }

        Assert.Equal(ExitCode.Fine, (await InProcess.RunAsync("list", "--db", Db)).ExitCode);
    }

    [Fact]
    public async Task Private_keys_go_from_one_protected_file_to_another_under_its_own_passphrase()
    {
        await ProtectAsync(Db);
        var (export, other) = (PathOf("peers.export"), PathOf("other.db"));

        var exported = await InProcess.RunWithPassphraseAsync(
            Secret, "export", "--format", "entries", "--private-keys-in-clear", "--out", export, "--db", Db, "--json");
        var refused = await InProcess.RunAsync("import", export, "--private-keys", "--db", other);
        Assert.False(File.Exists(other));
        var imported = await InProcess.RunWithPassphraseAsync("another", "import", export, "--private-keys", "--db", other, "--json");

        Assert.Equal((1, 0), (exported.Json.GetProperty("privateKeys").GetInt32(), exported.Json.GetProperty("privateKeysLeftOut").GetInt32()));
        Assert.Equal(ExitCode.CannotDo, refused.ExitCode);
        Assert.StartsWith($"The private keys in {other} need a passphrase", refused.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Fine, 1), (imported.ExitCode, imported.Json.GetProperty("privateKeys").GetInt32()));
        using var protection = PrivateKeyProtection.FromPassphrase("another");
        await using var store = await SqlitePeerstore.OpenAsync(other, new() { PrivateKeys = protection }, cancellationToken: Cancellation);
        Assert.Equal(_identity.Key.Encode(), (await store.Keys.GetPrivateKeyAsync(_identity.Peer, Cancellation))!.Encode());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(export));
        }
    }

    [Fact]
    public async Task Without_asking_no_private_key_leaves_the_file_and_that_is_said()
    {
        await ProtectAsync(Db);
        var pipe = new MemoryStream();

        var file = await InProcess.RunWithPassphraseAsync(
            Secret, "export", "--format", "entries", "--out", PathOf("peers.export"), "--db", Db);
        var imported = await InProcess.RunAsync("import", PathOf("peers.export"), "--db", PathOf("other.db"), "--json");

        Assert.Equal("private keys: 0 in clear, 1 left out", file.Lines[^1]);
        Assert.Equal((1, 0), (imported.Json.GetProperty("changed").GetInt32(), imported.Json.GetProperty("privateKeys").GetInt32()));
        var toPipe = await InProcess.RunWithOutputAsync(pipe, "export", "--format", "entries", "--passphrase-file", Passphrased(), "--db", Db);
        Assert.Equal((ExitCode.Fine, "1 private keys were left out; --private-keys-in-clear writes them as well.\n"), (toPipe.ExitCode, toPipe.Error));
    }

    [Fact]
    public async Task Private_keys_for_a_file_that_is_not_protected_need_a_passphrase_and_begin_to_protect_it()
    {
        await ProtectAsync(Db);
        var (export, other) = (PathOf("peers.export"), PathOf("other.db"));
        await InProcess.RunWithPassphraseAsync(
            Secret, "export", "--format", "entries", "--private-keys-in-clear", "--out", export, "--db", Db);
        await InProcess.RunAsync("ingest", SampleData.BootNodes, "--db", other);

        var refused = await InProcess.RunAsync("import", export, "--private-keys", "--db", other);
        var taken = await InProcess.RunWithPassphraseAsync(Secret, "import", export, "--private-keys", "--db", other);
        var locked = await InProcess.RunAsync("list", "--db", other);

        Assert.StartsWith($"The private keys in {other} need a passphrase", refused.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Fine, ExitCode.CannotDo), (taken.ExitCode, locked.ExitCode));
    }

    private string Passphrased()
    {
        File.WriteAllText(PassphraseFile, $"{Secret}\r\n");
        return PassphraseFile;
    }

    private async Task ProtectAsync(string path)
    {
        using var protection = PrivateKeyProtection.FromPassphrase(Secret);
        await using var store = await SqlitePeerstore.OpenAsync(path, new() { PrivateKeys = protection }, cancellationToken: Cancellation);
        await store.UpdatePeerAsync(
            _identity.Peer,
            edit => edit.AddPrivateKey(_identity.Key).AddAddresses([Multiaddr.Parse("/ip4/192.0.2.1/tcp/1")], AddressTtl.Permanent),
            Cancellation);
    }

    private async Task<string[]> ArgumentsAsync(string command)
    {
        if (!string.Equals(command, "import", StringComparison.Ordinal))
        {
            return command switch
            {
                "show" => ["show", _identity.Peer.ToString()],
                "ingest" => ["ingest", Write("lines.txt", $"/ip4/192.0.2.2/tcp/1/p2p/{_identity.Peer}")],
                _ => [command],
            };
        }

        await using var store = MemoryPeerstore.Create();
        await using var file = File.Create(PathOf("peers.export"));
        await PeerstoreExport.WriteAsync(store, file, cancellationToken: Cancellation);
        return ["import", PathOf("peers.export")];
    }
}

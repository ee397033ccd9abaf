using System.Text;

namespace Peerstore.Cli.Tests;

/// <summary>What the commands do with a file that is damaged as a whole.</summary>
public sealed class DamagedFileTests : TemporaryDirectory
{
    private const int PageSize = 4096;

    [Fact]
    public async Task A_command_that_looks_says_so_and_changes_nothing_and_one_that_stores_makes_the_file_anew()
    {
        await InProcess.RunOnTextAsync(Lines(300), "ingest", "-", "--db", Db);
        var bytes = await File.ReadAllBytesAsync(Db, TestContext.Current.CancellationToken);
        // The count of cells of the last page that has one.
        bytes[^(PageSize - 4)] ^= 1;
        await File.WriteAllBytesAsync(Db, bytes, TestContext.Current.CancellationToken);

        var looked = await InProcess.RunAsync("list", "--db", Db);
        Assert.Equal(ExitCode.CannotDo, looked.ExitCode);
        Assert.Contains("damaged", looked.Error, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Db, TestContext.Current.CancellationToken));
        Assert.False(File.Exists($"{Db}.damaged-1"));

        var stored = await InProcess.RunOnTextAsync(Lines(1), "ingest", "-", "--db", Db);
        Assert.Equal(ExitCode.Fine, stored.ExitCode);
        Assert.Contains($"what it was is {Db}.damaged-1", stored.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Fine, (await InProcess.RunAsync("list", "--db", Db)).ExitCode);
    }

    private static string Lines(int peers)
    {
        var lines = new StringBuilder();
        for (var i = 0; i < peers; i++)
        {
            lines.AppendLine($"/ip4/10.0.{i >> 8}.{i & 0xFF}/tcp/4001/p2p/{NewPeer()}");
        }

        return lines.ToString();
    }

    private static Libp2p.PeerId NewPeer() =>
        Libp2p.PeerId.FromPublicKey(Libp2p.PrivateKey.Generate(Libp2p.KeyType.Ed25519).PublicKey);
}

using System.Text;

namespace Peerstore.Cli.Tests;

/// <summary>All that is hostile in one file, as a user meets it.</summary>
public sealed class HostileFileTests : TemporaryDirectory
{
    [Fact]
    public async Task A_user_sees_no_exception_and_nothing_bad_is_stored()
    {
        var alice = new Identity();
        var envelope = alice.Record(1, "/ip4/192.0.2.1/tcp/1");
        byte[] flipped = [.. envelope];
        flipped[^1] ^= 1;
        string[] lines =
        [
            .. Vectors.InvalidStrings("multiaddrs.json").Where(text => text.StartsWith('/')),
            .. Vectors.InvalidStrings("peer-ids.json")
                .Where(id => !id.EndsWith('\n') && !id.EndsWith(' '))
                .Select(id => $"/ip4/192.0.2.1/tcp/1/p2p/{id}"),
            alice.IdentifyLine(envelope[..^1]),
            alice.IdentifyLine(flipped),
            new string('[', 10_000),
            "{\"ev\":\"end\",\"ev\":\"end\"}",
            "{\"ev\":\"\u001b[2J\"}",
        ];
        var input = PathOf("hostile.txt");
        await using (var file = File.Create(input))
        {
            file.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
            file.Write([(byte)'\n', 0xff, 0xfe, (byte)'\n']);
            file.Write(new byte[2 * 1024 * 1024]);
            file.Write("\n"u8);
            file.Write(Encoding.UTF8.GetBytes(new Identity().IdentifyLine()));
        }

        var errors = PathOf("errors.txt");
        var result = await InProcess.RunAsync("ingest", input, "--db", Db, "--errors", errors, "--json");

        Assert.Equal(ExitCode.Fine, result.ExitCode);
        Assert.Equal(1, result.Json.GetProperty("lines").GetProperty("good").GetInt32());
        Assert.Equal(1, (await InProcess.RunAsync("list", "--db", Db, "--json")).Json.GetProperty("total").GetInt32());
        Assert.DoesNotContain("Exception", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Error);
        Assert.Equal(
            result.Json.GetProperty("lines").GetProperty("bad").GetInt32(), File.ReadLines(errors).Count());
    }
}

using System.CommandLine;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.CrashHarness;

/// <summary><c>peerstore-crash flips</c>.</summary>
internal static class FlipsCommand
{
    public static Command Create(Option<int> seed)
    {
        var count = new Option<int>("--count") { Description = "How often.", DefaultValueFactory = static _ => 10_000 };
        var structure = new Option<bool>("--structure") { Description = "Only the header and the beginnings of pages are hit." };
        var passphrase = new Option<bool>("--passphrase") { Description = "Keys are sealed by a passphrase, which makes each opening slow, and not by a key at hand." };
        var command = new Command("flips", "Flips bits of a file, and compares what a store answers that opens it.") { count, structure, passphrase, seed };
        command.SetAction((parsed, _) => InTemporaryFolder.RunAsync(async folder =>
        {
            using var protector = new KeyAtHand(1);
            using var protection = parsed.GetValue(passphrase)
                ? PrivateKeyProtection.FromPassphrase("correct horse battery staple")
                : PrivateKeyProtection.FromProtector(protector);
            var series = new BitFlipSeries(protection, parsed.GetValue(seed), Console.Out) { IsInStructure = parsed.GetValue(structure) };
            return await series.RunAsync(folder, parsed.GetValue(count));
        }));
        return command;
    }
}

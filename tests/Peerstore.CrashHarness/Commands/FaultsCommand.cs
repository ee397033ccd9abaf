using System.CommandLine;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.CrashHarness;

/// <summary><c>peerstore-crash faults</c>.</summary>
internal static class FaultsCommand
{
    public static Command Create(Option<int> seed, Option<Durability> mode)
    {
        var kind = new Option<FaultKind>("--kind") { Description = "How the disk fails.", DefaultValueFactory = static _ => FaultKind.Broken };
        var operations = new Option<int>("--operations") { Description = "How many operations a run has.", DefaultValueFactory = static _ => 16 };
        var stride = new Option<int>("--stride") { Description = "Of how many calls one fails.", DefaultValueFactory = static _ => 1 };
        var isNew = new Option<bool>("--new") { Description = "The file is made in each run, and not there with something in it." };
        var command = new Command("faults", "Lets each call to the file system fail in turn, once and for good.") { kind, operations, stride, isNew, seed, mode };
        command.SetAction((parsed, _) => InTemporaryFolder.RunAsync(folder =>
            new FaultSeries(parsed.GetValue(kind), parsed.GetValue(mode), parsed.GetValue(seed), Console.Out)
            {
                Operations = parsed.GetValue(operations),
                Stride = parsed.GetValue(stride),
                StartsNew = parsed.GetValue(isNew),
            }.RunAsync(folder)));
        return command;
    }
}

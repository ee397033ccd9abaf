using System.CommandLine;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.CrashHarness;

/// <summary><c>peerstore-crash powerloss</c>.</summary>
internal static class PowerLossCommand
{
    public static Command Create(Option<int> seed, Option<Durability> mode)
    {
        var operations = new Option<int>("--operations") { Description = "How many operations are run.", DefaultValueFactory = static _ => 100 };
        var command = new Command("powerloss", "Lets the power go after each change to a file of a run, and opens what is left.") { operations, seed, mode };
        command.SetAction((parsed, _) => InTemporaryFolder.RunAsync(folder =>
            new PowerCutSeries(parsed.GetValue(mode), parsed.GetValue(seed), Console.Out).RunAsync(folder, parsed.GetValue(operations))));
        return command;
    }
}

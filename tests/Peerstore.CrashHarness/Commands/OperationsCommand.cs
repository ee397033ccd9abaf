using System.CommandLine;

namespace Peerstore.CrashHarness;

/// <summary><c>peerstore-crash operations</c>, and <c>operate</c>, the process that it kills.</summary>
internal static class OperationsCommand
{
    public static Command Create(Option<int> seed)
    {
        var runs = new Option<int>("--runs") { Description = "How often.", DefaultValueFactory = static _ => 50 };
        var command = new Command("operations", "Kills a process while it backs up, restores, compacts and changes the protection of keys.") { runs, seed };
        command.SetAction((parsed, _) => InTemporaryFolder.RunAsync(folder =>
            new OperationSeries(parsed.GetValue(seed), Console.Out).RunAsync(folder, parsed.GetValue(runs))));
        return command;
    }

    public static Command CreateChild()
    {
        var folder = new Option<string>("--folder") { Description = "Where the files are.", Required = true };
        var command = new Command("operate", "Backs up, restores, compacts and changes the protection of keys, until it is killed.") { folder };
        command.SetAction((parsed, _) => OperatingProcess.RunAsync(parsed.GetRequiredValue(folder)));
        return command;
    }
}

using System.CommandLine;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.CrashHarness;

/// <summary>Where both processes begin: the one that kills, and the one that is killed.</summary>
internal static class Program
{
    private static readonly Option<int> Seed = new("--seed") { Description = "What chance begins with.", DefaultValueFactory = static _ => 1 };

    private static readonly Option<Durability> Mode = new("--mode")
    {
        Description = "What a completed operation promises: behind, or onAcknowledge.",
        DefaultValueFactory = static _ => Durability.OnAcknowledge,
    };

    private static Task<int> Main(string[] args) => new RootCommand(
        "Kills a process that writes to a peerstore, and looks whether everything that it had to keep is there.")
    {
        CreateChild(),
        CreateRun(),
        SoakCommands.CreateChild(),
        SoakCommands.CreateRun(),
        FlipsCommand.Create(Seed),
        PowerLossCommand.Create(Seed, Mode),
        FaultsCommand.Create(Seed, Mode),
        OperationsCommand.Create(Seed),
        OperationsCommand.CreateChild(),
        VisitCommand.Create(),
    }.Parse(args).InvokeAsync();

    private static Command CreateChild()
    {
        var db = new Option<string>("--db") { Description = "The peerstore.", Required = true };
        var first = new Option<long>("--first") { Description = "The number of the first operation.", DefaultValueFactory = static _ => Workload.Writers };
        var command = new Command("child", "Writes, and says what is acknowledged, until it is killed.") { db, Mode, Seed, first };
        command.SetAction((parsed, _) => LoadProcess.RunAsync(
            parsed.GetRequiredValue(db), parsed.GetValue(Mode), parsed.GetValue(Seed), parsed.GetValue(first)));
        return command;
    }

    private static Command CreateRun()
    {
        var runs = new Option<int>("--runs") { Description = "How often.", DefaultValueFactory = static _ => 20 };
        var seconds = new Option<double>("--seconds") { Description = "After how long at most.", DefaultValueFactory = static _ => 2 };
        var slack = new Option<int>("--slack")
        {
            Description = "What the machine may take longer than the window of 100 ms, in ms; for behind.",
            DefaultValueFactory = static _ => 400,
        };
        var command = new Command("run", "Starts children, and kills them at random moments.") { runs, seconds, slack, Mode, Seed };
        command.SetAction((parsed, _) => InTemporaryFolder.RunAsync(folder =>
        {
            var series = new CrashSeries(parsed.GetValue(Mode), parsed.GetValue(Seed), Console.Out)
            {
                LongestLife = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                Slack = TimeSpan.FromMilliseconds(parsed.GetValue(slack)),
            };
            return series.RunAsync(Path.Combine(folder, "peers.db"), parsed.GetValue(runs));
        }));
        return command;
    }
}

using System.CommandLine;

namespace Peerstore.CrashHarness;

/// <summary>The commands of a soak: the one that restarts, and the one that is restarted.</summary>
internal static class SoakCommands
{
    public static Command CreateChild()
    {
        var db = new Option<string>("--db") { Description = "The peerstore.", Required = true };
        var first = new Option<long>("--first") { Description = "The number of the first mark.", Required = true };
        var command = new Command("soak-child", "Lives twice under load: closes, opens again, and goes on until it is killed.") { db, first };
        var read = AddSettings(command);
        command.SetAction((parsed, _) =>
            new SoakProcess(parsed.GetRequiredValue(db), read(parsed), parsed.GetValue(first)).RunAsync());
        return command;
    }

    public static Command CreateRun()
    {
        var minutes = New("--minutes", "How long, in minutes.", 10.0);
        var warmUp = New("--warm-up", "How many restarts do not count for a trend.", 2);
        var tolerance = New("--tolerance", "By which share memory and file may grow from the first half to the second.", 0.1);
        var keep = new Option<string?>("--db") { Description = "Where the peerstore is to be, and to stay; a file of its own where none is given." };
        var command = new Command("soak", "A steady mixed load with restarts, every other of them a kill; fails where memory or file grow, or a counter is wrong.")
        {
            minutes, warmUp, tolerance, keep,
        };
        var read = AddSettings(command);
        command.SetAction(async (parsed, _) =>
        {
            var settings = read(parsed);
            settings = settings with
            {
                Lives = (int)Math.Max(1, Math.Round(parsed.GetValue(minutes) * 60 / settings.Life.TotalSeconds)),
                WarmUp = parsed.GetValue(warmUp),
                Tolerance = parsed.GetValue(tolerance),
            };
            return await RunAsync(settings, parsed.GetValue(keep));
        });
        return command;
    }

    private static async Task<int> RunAsync(SoakSettings settings, string? path)
    {
        if (path is not null)
        {
            return await new SoakSeries(settings, Console.Out).RunAsync(path) > 0 ? 1 : 0;
        }

        var folder = Directory.CreateTempSubdirectory("peerstore-soak-");
        if (await new SoakSeries(settings, Console.Out).RunAsync(Path.Combine(folder.FullName, "peers.db")) > 0)
        {
            await Console.Out.WriteLineAsync($"The file is kept in {folder.FullName}.");
            return 1;
        }

        folder.Delete(recursive: true);
        return 0;
    }

    /// <summary>Adds what both have in common, and says how it is read.</summary>
    private static Func<ParseResult, SoakSettings> AddSettings(Command command)
    {
        var usual = new SoakSettings();
        var seed = New("--seed", "What chance begins with.", usual.Seed);
        var rate = New("--rate", "Operations per second.", usual.Rate);
        var peers = New("--peers", "Peers that stay.", usual.Peers);
        var life = New("--restart-every", "After how many seconds the store is closed or its process killed.", usual.Life.TotalSeconds);
        foreach (var option in (Option[])[seed, rate, peers, life])
        {
            command.Add(option);
        }

        return parsed => new SoakSettings
        {
            Seed = parsed.GetValue(seed),
            Rate = parsed.GetValue(rate),
            Peers = parsed.GetValue(peers),
            Life = TimeSpan.FromSeconds(parsed.GetValue(life)),
        };
    }

    private static Option<T> New<T>(string name, string description, T usual) =>
        new(name) { Description = description, DefaultValueFactory = _ => usual };
}

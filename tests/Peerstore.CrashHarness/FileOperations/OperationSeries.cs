using System.Globalization;
using Libp2p;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.CrashHarness;

/// <summary>Kills a process while it works on files as a whole: each file that has its name is whole, and holds what it did.</summary>
public sealed class OperationSeries(int seed, TextWriter output)
{
    private readonly Random _random = new(seed);
    private Dictionary<PeerId, string> _expected = [];

    /// <summary>How many peers the file has, a quarter of which are removed again. Default 400.</summary>
    public int Peers { get; init; } = 400;

    /// <summary>After how long at most the process is killed. Default a second and a half.</summary>
    public TimeSpan LongestLife { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How many backups and restored files were whole.</summary>
    public int Whole { get; private set; }

    /// <summary>Runs it.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="runs">How often.</param>
    /// <returns>In how many runs something was wrong.</returns>
    public async Task<int> RunAsync(string folder, int runs)
    {
        var file = new OperatedFile(folder);
        var made = new FlippedFile(OperatedFile.Protections[0], Peers);
        await made.MakeAsync(file.Store, _random);
        await PeerstoreFile.BackupAsync(file.Store, file.Master);
        _expected = made.Image;
        var (wrong, partial) = (0, 0);
        for (var run = 1; run <= runs; run++)
        {
            var killing = await Killing.RunAsync(["operate", "--folder", folder], LongestLife * _random.NextDouble());
            var found = killing.Failure ?? await LookAsync(file);
            if (found is not null)
            {
                wrong++;
                await output.WriteLineAsync($"{run}: {found}");
            }

            foreach (var left in Directory.GetFiles(folder, "*.partial*"))
            {
                partial++;
                File.Delete(left);
            }
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{runs} kills, seed {seed}, {_expected.Count} peers: {Whole} backups and restored files whole, {partial} partial files left, {wrong} runs wrong"));
        return wrong;
    }

    private async Task<string?> LookAsync(OperatedFile file)
    {
        try
        {
            var restored = File.Exists(file.Restored) ? [file.Restored] : Array.Empty<string>();
            foreach (var path in file.Backups.Concat(restored).Append(file.Store).ToArray())
            {
                var found = await OperatedFile.ReadAsync(path);
                var check = await PeerstoreFile.CheckAsync(path);
                if (!check.IsClean || found.Count != _expected.Count || _expected.Any(entry => !string.Equals(found.GetValueOrDefault(entry.Key), entry.Value, StringComparison.Ordinal)))
                {
                    return $"{path} holds {found.Count} peers that differ, findings: {string.Join("; ", check.Findings)}";
                }

                if (!string.Equals(path, file.Store, StringComparison.Ordinal))
                {
                    Whole++;
                    File.Delete(path);
                }
            }

            return null;
        }
        catch (Exception e)
        {
            // Whatever it is, it is what must not be.
            return $"{e.GetType().Name}: {e.Message}";
        }
    }
}

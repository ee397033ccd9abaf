using System.Globalization;
using Libp2p.Peerstore.Faults;
using Libp2p.Peerstore.Sqlite;
using Libp2p.Peerstore.Testing;

namespace Peerstore.CrashHarness;

/// <summary>
/// Runs a store once on a file system that keeps a log, and then lets the power go after each change to a file, with every fate
/// of what was not synced: each time the file is checked and opened, and has to be in a state in which the store was, none older
/// than what was acknowledged or flushed.
/// </summary>
public sealed class PowerCutSeries(Durability durability, int seed, TextWriter output)
{
    private const int MaxWrongsShown = 20;
    private const int FlushEvery = 5;

    private readonly StateHistory _history = new();
    private int _wrong;

    /// <summary>Of how many prefixes one is tried. Default all; those around a sync always are.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>How often the power went.</summary>
    public int Cuts { get; private set; }

    /// <summary>Whether a log was copied into the database while the store was in use, and not only when it was closed.</summary>
    public bool HasCheckpoint { get; private set; }

    /// <summary>Runs it.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="operations">How many operations.</param>
    /// <returns>How often something was wrong.</returns>
    public async Task<int> RunAsync(string folder, int operations)
    {
        var changes = await RecordAsync(Path.Combine(folder, "peers.db"), operations);
        var after = Directory.CreateDirectory(Path.Combine(folder, "after")).FullName;
        var power = new PowerLoss(changes);
        while (power.Advance())
        {
            if (power.Position % Stride == 0 || IsAtSync(changes, power.Position))
            {
                await CutAsync(power, after);
            }
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{operations} operations {durability}, seed {seed}, {changes.Count} changes to files, {changes.Count(static one => one.Kind == FileChangeKind.Synced)} syncs: {Cuts} power losses, {_wrong} wrong"));
        return _wrong;
    }

    private static bool IsAtSync(IReadOnlyList<FileChange> changes, int position) =>
        changes[position - 1].Kind is FileChangeKind.Synced || (position < changes.Count && changes[position].Kind is FileChangeKind.Synced);

    private async Task<IReadOnlyList<FileChange>> RecordAsync(string path, int operations)
    {
        using var vfs = FaultyVfs.Register();
        var workload = new BookWorkload(seed);
        var options = BookWorkload.Options with { Durability = durability, FileSystem = vfs.Name };
        await using (var store = await SqlitePeerstore.OpenAsync(path, options, new ManualTimeProvider()))
        {
            var opened = vfs.Log.Count;
            for (var i = 1; i <= operations; i++)
            {
                await workload.DoAsync(store);
                await _history.NoteAsync(store);
                if (durability is Durability.OnAcknowledge)
                {
                    _history.IsDurable(vfs.Log.Count, workload.Changed);
                }
                else if (i % FlushEvery == 0)
                {
                    await store.FlushAsync();
                    _history.IsDurable(vfs.Log.Count);
                }
            }

            HasCheckpoint = vfs.Log.Snapshot().Skip(opened).Any(change => change.Kind is FileChangeKind.Written && change.Path.EndsWith(".db", StringComparison.Ordinal));
        }

        _history.IsDurable(vfs.Log.Count);
        return vfs.Log.Snapshot();
    }

    private async Task CutAsync(PowerLoss power, string folder)
    {
        foreach (var fate in Enum.GetValues<TailFate>())
        {
            foreach (var left in Directory.GetFiles(folder))
            {
                File.Delete(left);
            }

            power.WriteTo(folder, fate, seed + power.Position);
            Cuts++;
            if (await FileLook.JudgeAsync(Path.Combine(folder, "peers.db"), _history, power.Position) is { } wrong && ++_wrong <= MaxWrongsShown)
            {
                await output.WriteLineAsync($"after change {power.Position}, what was not synced {fate}: {wrong}");
            }
        }
    }
}

using System.Diagnostics;
using Libp2p.Peerstore.Sqlite;
using Microsoft.Data.Sqlite;

namespace Peerstore.CrashHarness;

/// <summary>Looks into the file that a killed process left behind.</summary>
/// <param name="workload">What was written to it.</param>
/// <param name="before">What it held before the process was started.</param>
internal sealed class Inspection(Workload workload, IReadOnlyDictionary<Slot, long> before)
{
    private readonly List<string> _wrongs = [];
    private readonly Dictionary<Slot, long> _found = [];

    /// <summary>What is not as it has to be; empty when all is well.</summary>
    public IReadOnlyList<string> Wrongs => _wrongs;

    /// <summary>What the file holds now.</summary>
    public IReadOnlyDictionary<Slot, long> Found => _found;

    /// <summary>How many completed operations are not there, whether they had to be or not.</summary>
    public int Lost { get; private set; }

    /// <summary>How long before the kill the oldest of those had completed.</summary>
    public TimeSpan OldestLost { get; private set; }

    /// <param name="path">The file.</param>
    /// <param name="killing">What the process had said.</param>
    /// <param name="grace">What completed so shortly before the kill need not be there; null if all has to be.</param>
    /// <param name="first">The number of the first operation of the process.</param>
    public async Task LookAsync(string path, Killing killing, TimeSpan? grace, long first)
    {
        if (killing.Failure is not null)
        {
            _wrongs.Add($"The process ended by itself: {killing.Failure}");
        }

        await using (var store = await SqlitePeerstore.OpenAsync(path))
        {
            if (store.DamagedAtOpening > 0)
            {
                _wrongs.Add($"{store.DamagedAtOpening} entries are damaged.");
            }

            foreach (var slot in workload.Slots)
            {
                var number = await workload.ReadAsync(store, slot);
                _found[slot] = number ?? 0;
                if (number is null)
                {
                    _wrongs.Add($"{slot} holds parts of several operations.");
                }
            }
        }

        CheckNothingIsInvented(killing, first);
        CheckNothingIsLost(killing, grace);
        CheckIntegrity(path);
    }

    private void CheckNothingIsInvented(Killing killing, long first)
    {
        // Of each writer, one operation may have been done that was not acknowledged yet.
        var next = Enumerable.Range(0, Workload.Writers).Select(writer => first + writer).ToArray();
        foreach (var acknowledged in killing.Acknowledged)
        {
            next[acknowledged.Number % Workload.Writers] = acknowledged.Number + Workload.Writers;
        }

        foreach (var (slot, number) in _found)
        {
            if (number != before.GetValueOrDefault(slot)
                && (number < first || number > next[number % Workload.Writers] || workload.At(number).Slot != slot))
            {
                _wrongs.Add($"{slot} holds {number}, which nobody wrote there.");
            }
        }
    }

    private void CheckNothingIsLost(Killing killing, TimeSpan? grace)
    {
        foreach (var (slot, number) in before)
        {
            if (_found[slot] < number)
            {
                _wrongs.Add($"{slot} went back from {number} to {_found[slot]}.");
            }
        }

        foreach (var acknowledged in killing.Acknowledged)
        {
            var slot = workload.At(acknowledged.Number).Slot;
            if (_found[slot] >= acknowledged.Number)
            {
                continue;
            }

            var age = Stopwatch.GetElapsedTime(acknowledged.Time, Math.Max(acknowledged.Time, killing.Time));
            Lost++;
            OldestLost = age > OldestLost ? age : OldestLost;
            if (grace is null || age > grace)
            {
                _wrongs.Add($"{slot} lost {acknowledged.Number}, acknowledged {age.TotalMilliseconds:0} ms before the kill.");
            }
        }
    }

    private void CheckIntegrity(string path)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        if (command.ExecuteScalar() is not "ok" and var answer)
        {
            _wrongs.Add($"The database is damaged: {answer}");
        }
    }
}

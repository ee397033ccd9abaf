using System.Diagnostics;
using System.Globalization;

namespace Peerstore.Scorecard.Measuring;

/// <summary>What the process holds of the machine's memory.</summary>
/// <param name="Resident">Bytes in memory.</param>
/// <param name="Managed">Bytes of live objects.</param>
/// <param name="Committed">Bytes that the garbage collector has taken from the system, live or not.</param>
internal readonly record struct ProcessMemory(long Resident, long Managed, long Committed)
{
    private const string ResidentField = "VmRSS:";

    /// <summary>Bytes in memory that the garbage collector has not taken: an estimate, since not all that it took is in memory.</summary>
    public long Native => Resident - Committed;

    /// <summary>What came in between.</summary>
    public static ProcessMemory operator -(ProcessMemory left, ProcessMemory right) =>
        new(left.Resident - right.Resident, left.Managed - right.Managed, left.Committed - right.Committed);

    /// <summary>Reads it after a collection of everything, with all that can be given back given back.</summary>
    public static ProcessMemory ReadCollected()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return Read();
    }

    /// <summary>Reads it as it is; what the collector has taken is as of the last collection.</summary>
    public static ProcessMemory Read() =>
        new(ReadResident(), GC.GetTotalMemory(forceFullCollection: false), GC.GetGCMemoryInfo().TotalCommittedBytes);

    /// <summary>Reads the bytes in memory as they are now.</summary>
    public static long ReadResident()
    {
        const string Status = "/proc/self/status";
        if (!File.Exists(Status))
        {
            using var process = Process.GetCurrentProcess();
            return process.WorkingSet64;
        }

        var line = File.ReadLines(Status).First(line => line.StartsWith(ResidentField, StringComparison.Ordinal));
        var number = line[ResidentField.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return long.Parse(number, CultureInfo.InvariantCulture) * 1024;
    }
}

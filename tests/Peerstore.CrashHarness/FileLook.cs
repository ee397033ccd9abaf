using Libp2p.Peerstore.Sqlite;
using Libp2p.Peerstore.Testing;

namespace Peerstore.CrashHarness;

/// <summary>Looks into a file that was left by something that went wrong.</summary>
internal static class FileLook
{
    /// <summary>Checks the file, opens it, and compares what is in it with what has to be.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static async Task<string?> JudgeAsync(string path, StateHistory history, int position)
    {
        try
        {
            // Before the first commit there is no peerstore to check; what a journal has to take back is for a store to do.
            if (history.HasToBe(position) && !File.Exists(path + "-journal") && await CheckAsync(path) is { } before)
            {
                return $"the check found: {before}";
            }

            return await OpenAsync(path, history, position) ?? (await CheckAsync(path) is { } after ? $"the check found after opening: {after}" : null);
        }
        catch (Exception e)
        {
            // Whatever it is, it is what must not be.
            return $"{e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n')[0]}";
        }
    }

    private static async Task<string?> OpenAsync(string path, StateHistory history, int position)
    {
        await using var store = await SqlitePeerstore.OpenAsync(path, BookWorkload.Options, new ManualTimeProvider());
        return store.SalvagedAtOpening is { } salvage ? $"the file was salvaged: {salvage.Reason}"
            : store.DamagedAtOpening > 0 ? $"{store.DamagedAtOpening} entries are damaged"
            : history.Judge(await StoreImage.ReadAsync(store), position);
    }

    private static async Task<string?> CheckAsync(string path)
    {
        var check = await PeerstoreFile.CheckAsync(path);
        return check.IsClean ? null : check.Findings[0];
    }
}

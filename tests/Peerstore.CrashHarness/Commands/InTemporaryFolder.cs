namespace Peerstore.CrashHarness;

/// <summary>Where the commands work: a folder that is gone afterwards, unless there is something to look at.</summary>
internal static class InTemporaryFolder
{
    /// <summary>Runs something that counts what is wrong; returns the exit code.</summary>
    public static async Task<int> RunAsync(Func<string, Task<int>> run)
    {
        var folder = Directory.CreateTempSubdirectory("peerstore-crash-");
        if (await run(folder.FullName) > 0)
        {
            await Console.Out.WriteLineAsync($"The files are kept in {folder.FullName}.");
            return 1;
        }

        folder.Delete(recursive: true);
        return 0;
    }
}

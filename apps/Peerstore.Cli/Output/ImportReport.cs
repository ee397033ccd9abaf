namespace Peerstore.Cli.Output;

/// <summary>Shows what an import read.</summary>
internal static class ImportReport
{
    /// <summary>Writes it.</summary>
    /// <param name="import">What was read.</param>
    /// <param name="report">Where to write.</param>
    public static void Write(ImportView import, IReport report)
    {
        var (addresses, records) = (import.Addresses, import.Records);
        report.Pairs(
        [
            ("made", $"{import.Made:yyyy-MM-dd HH:mm:ss} UTC"),
            ("entries",
                $"{import.Entries} read: {import.Changed} changed something, {import.Unchanged} changed nothing, "
                + $"{import.NoRoom} found no room, {import.Damaged} damaged"),
            ("addresses",
                $"{addresses.Added} added, {addresses.Renewed} renewed, {addresses.Ended} had ended, {addresses.LeftOut} left out, "
                + $"{addresses.Shortened} shortened"),
            ("records", $"{records.Accepted} accepted, {records.Stale} stale, {records.Refused} refused"),
            ("others", $"{import.OthersRefused} keys, sets of protocols and metadata values refused"),
            ("private keys", $"{import.PrivateKeys} taken, {import.PrivateKeysLeftOut} left out"),
        ]);
        report.Table(new TextTable("Problems", ["entry", "byte", "peer", "problem"], [.. import.Problems.Select(Row)])
        {
            LastWraps = true,
        });
    }

    private static string[] Row(ImportProblemView problem) =>
        [$"{problem.Entry}", $"{problem.Position}", problem.Peer ?? "", problem.Reason];
}

using Peerstore.Cli.Ingest;

namespace Peerstore.Cli.Output;

/// <summary>Shows what an ingestion read.</summary>
internal static class SummaryReport
{
    /// <summary>Writes it.</summary>
    /// <param name="summary">What was read.</param>
    /// <param name="report">Where to write.</param>
    public static void Write(IngestSummary summary, IReport report)
    {
        var lines = summary.Lines;
        var addresses = summary.Addresses;
        var records = summary.Records;
        var refused = addresses.OfOtherPeer + addresses.Empty + addresses.NoRoom;
        report.Pairs(
        [
            ("lines", $"{lines.Read} read: {lines.Good} good, {lines.Bad} bad, {lines.Blank} blank"),
            ("peers", $"{summary.Peers}"),
            ("addresses",
                $"{addresses.Added} added, {addresses.Known} known already, "
                + $"{addresses.Removed} removed, {refused} refused"),
            ("envelopes", $"{records.Verified} distinct ones verified, {records.Repeated} repeats of these"),
            ("records",
                $"{records.Accepted} accepted, {records.Refreshed} refreshed, "
                + $"{records.Stale} stale, {records.Refused.Values.Sum()} refused"),
            ("dials", $"{summary.DialsThatWorked} worked, {summary.DialsThatFailed} failed"),
        ]);
        report.Table(Counts("Refused addresses", "reason", RefusedAddresses(addresses)));
        report.Table(Counts("Refused records", "reason", records.Refused));
        report.Table(Counts("Bad lines", "reason", summary.BadLines));
        report.Table(Counts("Events", "event", summary.Events));
    }

    private static IEnumerable<KeyValuePair<string, long>> RefusedAddresses(AddressCounts addresses) =>
        new KeyValuePair<string, long>[]
        {
            new("of another peer", addresses.OfOtherPeer),
            new("empty", addresses.Empty),
            new("no room", addresses.NoRoom),
        }.Where(count => count.Value > 0);

    private static TextTable Counts(string title, string column, IEnumerable<KeyValuePair<string, long>> counts) =>
        new(title, [column, "number"], [.. counts.Select(count => new[] { count.Key, $"{count.Value}" })]);
}

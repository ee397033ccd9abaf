using Libp2p.Peerstore.Sqlite;

namespace Peerstore.Cli.Output;

/// <summary>Shows what a check found.</summary>
internal static class CheckReport
{
    /// <summary>Writes it.</summary>
    /// <param name="check">What was found.</param>
    /// <param name="report">Where to write.</param>
    public static void Write(PeerstoreCheck check, IReport report)
    {
        report.Pairs(
        [
            ("result", check.IsClean ? "clean" : "damaged"),
            ("peers", $"{check.Peers}, {check.DamagedPeers} more cannot be read, {check.SetAside} were set aside before"),
            ("addresses", $"{check.Addresses}"),
            ("records", $"{check.Records}"),
            ("private keys", $"{check.PrivateKeys}"),
            ("bytes", $"{check.FileBytes} in the file, {check.EntryBytes} of them what is known of the peers"),
            ("schema", $"{check.SchemaVersion}"),
        ]);
        report.Table(new TextTable("Findings", ["finding"], [.. check.Findings.Select(finding => new[] { finding })])
        {
            LastWraps = true,
        });
    }
}

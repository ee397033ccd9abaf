using System.CommandLine;
using Libp2p.Peerstore.Sqlite;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Commands;

/// <summary><c>peerstore compact</c>: drops what has ended and gives the room back.</summary>
internal sealed class CompactCommand
{
    private readonly CliHost _host;
    private readonly Option<string> _db = CommonOptions.Db();
    private readonly Option<bool> _json = CommonOptions.Json();

    private CompactCommand(CliHost host) => _host = host;

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(CliHost host)
    {
        var compact = new CompactCommand(host);
        var command = new Command("compact", "Drop what has ended and give the room back to the file system.")
        {
            compact._db, compact._json,
        };
        command.SetAction(compact.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var compaction = await PeerstoreFile.CompactAsync(arguments.GetRequiredValue(_db), _host.Time, cancellationToken);
        Report.Answer(
            _host, arguments.GetValue(_json), compaction, ViewsContext.Default.PeerstoreCompaction, Write);
        return ExitCode.Fine;
    }

    private static void Write(PeerstoreCompaction compaction, IReport report) => report.Pairs(
    [
        ("dropped", $"{compaction.AddressesDropped} addresses that had ended, {compaction.PeersDropped} peers of whom nothing was left"),
        ("bytes", $"{compaction.BytesAfter}, {compaction.BytesBefore} before"),
    ]);
}

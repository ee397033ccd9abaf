using System.CommandLine;
using Libp2p.Peerstore.Sqlite;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Commands;

/// <summary><c>peerstore restore</c>: makes a peerstore of a backup that was found to be whole.</summary>
internal sealed class RestoreCommand
{
    private readonly CliHost _host;
    private readonly Argument<string> _backup = new("BACKUP")
    {
        Description = "The backup. It is read whole first; a damaged one is refused.",
    };

    private readonly Option<string> _db = CommonOptions.Db();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<bool> _overwrite = new("--overwrite")
    {
        Description = "Replace a peerstore that is there.",
    };

    private RestoreCommand(CliHost host)
    {
        _host = host;
        _backup.Validators.Add(CommonOptions.RefuseEmpty);
    }

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(CliHost host)
    {
        var restore = new RestoreCommand(host);
        var command = new Command("restore", "Make the peerstore of a backup.")
        {
            restore._backup, restore._db, restore._overwrite, restore._json,
        };
        command.SetAction(restore.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var restored = await PeerstoreFile.RestoreAsync(
            arguments.GetRequiredValue(_backup),
            arguments.GetRequiredValue(_db),
            arguments.GetValue(_overwrite),
            cancellationToken);
        Report.Answer(_host, arguments.GetValue(_json), restored, ViewsContext.Default.PeerstoreCheck, CheckReport.Write);
        return ExitCode.Fine;
    }
}

using System.CommandLine;
using Libp2p.Peerstore.Sqlite;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Commands;

/// <summary><c>peerstore backup</c>: copies the file, also while a node has it open.</summary>
internal sealed class BackupCommand
{
    private readonly CliHost _host;
    private readonly Argument<string> _target = new("TARGET")
    {
        Description = "The file to make. There must be none of that name.",
    };

    private readonly Option<string> _db = CommonOptions.Db();
    private readonly Option<bool> _json = CommonOptions.Json();

    private BackupCommand(CliHost host)
    {
        _host = host;
        _target.Validators.Add(CommonOptions.RefuseEmpty);
    }

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(CliHost host)
    {
        var backup = new BackupCommand(host);
        var command = new Command("backup", "Copy the peerstore to another file, also while a node has it open.")
        {
            backup._target, backup._db, backup._json,
        };
        command.SetAction(backup.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var target = arguments.GetRequiredValue(_target);
        await PeerstoreFile.BackupAsync(arguments.GetRequiredValue(_db), target, cancellationToken);
        var view = new BackupView(target, new FileInfo(target).Length);
        Report.Answer(_host, arguments.GetValue(_json), view, ViewsContext.Default.BackupView, Write);
        return ExitCode.Fine;
    }

    private static void Write(BackupView view, IReport report) =>
        report.Pairs([("backup", view.File), ("bytes", $"{view.Bytes}")]);
}

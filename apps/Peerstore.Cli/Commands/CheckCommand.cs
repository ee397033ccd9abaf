using System.CommandLine;
using Libp2p.Peerstore.Sqlite;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Commands;

/// <summary><c>peerstore check</c>: reads the file whole, and says what is wrong with it.</summary>
internal sealed class CheckCommand
{
    private readonly CliHost _host;
    private readonly Option<string> _db = CommonOptions.Db();
    private readonly Option<bool> _json = CommonOptions.Json();

    private CheckCommand(CliHost host) => _host = host;

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(CliHost host)
    {
        var check = new CheckCommand(host);
        var command = new Command("check", "Read the whole file and say what is wrong with it; changes nothing. Ends with 1 if something is.")
        {
            check._db, check._json,
        };
        command.SetAction(check.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var check = await PeerstoreFile.CheckAsync(arguments.GetRequiredValue(_db), cancellationToken);
        Report.Answer(_host, arguments.GetValue(_json), check, ViewsContext.Default.PeerstoreCheck, CheckReport.Write);
        return check.IsClean ? ExitCode.Fine : ExitCode.NoAnswer;
    }
}

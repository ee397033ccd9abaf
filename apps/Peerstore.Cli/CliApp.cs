using System.CommandLine;
using Libp2p.Peerstore;
using Peerstore.Cli.Commands;
using Peerstore.Cli.Output;

namespace Peerstore.Cli;

/// <summary>The command line as a whole, and the one place where failures become a sentence and an exit code.</summary>
internal static class CliApp
{
    /// <summary>Time to finish what has been begun after Ctrl+C, before the process ends regardless.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(10);

    /// <summary>Runs one command.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="host">The process.</param>
    /// <param name="cancellationToken">Ends the command as Ctrl+C does.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, CliHost host, CancellationToken cancellationToken = default)
    {
        try
        {
            var parsed = CreateRoot(host).Parse(args);
            var exitCode = parsed.Errors.Count > 0
                // The last one is the most particular.
                ? Complain(host, $"{parsed.Errors[^1].Message} Run 'peerstore --help' for help.", ExitCode.CannotDo)
                : await InvokeAsync(parsed, host, cancellationToken);
            await host.Out.FlushAsync(CancellationToken.None);
            return exitCode;
        }
        catch (CliException e)
        {
            return Complain(host, e.Message, e.ExitCode);
        }
        catch (Exception e) when (e is PeerstoreException or IOException or UnauthorizedAccessException)
        {
            return Complain(host, e.Message, ExitCode.CannotDo);
        }
        catch (OperationCanceledException)
        {
            return Complain(host, "Stopped.", ExitCode.Interrupted);
        }
        catch (Exception e)
        {
            return ComplainOfFault(host, e);
        }
    }

    private static RootCommand CreateRoot(CliHost host) =>
        new("Keeps what a libp2p network said, and answers questions about it.")
    {
        IngestCommand.Create(host),
        ShowCommand.Create(host),
        ListCommand.Create(host),
        StatsCommand.Create(host),
        ExportCommand.Create(host),
        ImportCommand.Create(host),
        CheckCommand.Create(host),
        BackupCommand.Create(host),
        RestoreCommand.Create(host),
        CompactCommand.Create(host),
        ConformanceCommand.Create(host),
    };

    private static Task<int> InvokeAsync(ParseResult parsed, CliHost host, CancellationToken cancellationToken) =>
        parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = host.Out,
                Error = host.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = StopWithin,
            },
            cancellationToken);

    // A fault of this program is no reason to end as if the machine had failed; whoever looks for it sees it all.
    private static int ComplainOfFault(CliHost host, Exception fault)
    {
        if (host.ShowsFaults)
        {
            host.Error.WriteLine(fault);
            return ExitCode.CannotDo;
        }

        var sentence = $"A fault in peerstore: {fault.Message} ({CliHost.DebugVariable}=1 shows where.)";
        return Complain(host, sentence, ExitCode.CannotDo);
    }

    private static int Complain(CliHost host, string sentence, int exitCode)
    {
        host.Error.WriteLine(TerminalText.Clean(sentence));
        return exitCode;
    }
}

using System.CommandLine;
using Libp2p.Peerstore;
using Peerstore.Scorecard.Commands;

namespace Peerstore.Scorecard;

/// <summary>The command line as a whole, and the one place where failures become a sentence and an exit code.</summary>
internal static class ScorecardApp
{
    /// <summary>Measured, and every answer was right.</summary>
    public const int Fine = 0;

    /// <summary>A store gave a wrong answer: its figures mean nothing.</summary>
    public const int WrongAnswer = 1;

    /// <summary>It cannot be done: a bad argument, a full disk.</summary>
    public const int CannotDo = 2;

    /// <summary>Runs one command.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="host">The process.</param>
    /// <param name="cancellationToken">Ends the command as Ctrl+C does.</param>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, ScorecardHost host, CancellationToken cancellationToken = default)
    {
        try
        {
            var parsed = CreateRoot(host).Parse(args);
            if (parsed.Errors.Count > 0)
            {
                return Complain(host, $"{parsed.Errors[^1].Message} Run it with --help for help.", CannotDo);
            }

            var configuration = new InvocationConfiguration
            {
                Output = host.Out,
                Error = host.Error,
                EnableDefaultExceptionHandler = false,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (ScorecardException e)
        {
            return Complain(host, e.Message, e.ExitCode);
        }
        catch (Exception e) when (e is PeerstoreException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            return Complain(host, e.Message, CannotDo);
        }
    }

    private static RootCommand CreateRoot(ScorecardHost host) =>
        new("Measures the peerstore; one JSON object per line, each beside a floor taken in the same run.")
    {
        OpsCommand.Create(host),
        MixedCommand.Create(host),
        MemoryCommand.Create(host),
        ExpiryCommand.Create(host),
        ShrinkCommand.Create(host),
        ListCommand.Create(host),
        RecordsCommand.Create(host),
        DurableCommand.Create(host),
        PlotsCommand.Create(host),
    };

    private static int Complain(ScorecardHost host, string sentence, int exitCode)
    {
        host.Error.WriteLine(sentence);
        return exitCode;
    }
}

namespace Peerstore.Cli.Output;

/// <summary>Chooses the form of an answer.</summary>
internal static class Report
{
    /// <summary>Tables with lines for a terminal, columns of text for everything else.</summary>
    /// <param name="host">The process.</param>
    public static IReport For(CliHost host) =>
        host.OutIsTerminal ? new TerminalReport(host.Out) : new PlainReport(host.Out);
}

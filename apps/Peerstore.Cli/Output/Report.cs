using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Peerstore.Cli.Output;

/// <summary>Chooses the form of an answer.</summary>
internal static class Report
{
    /// <summary>Tables with lines for a terminal, columns of text for everything else.</summary>
    /// <param name="host">The process.</param>
    public static IReport For(CliHost host) =>
        host.OutIsTerminal ? new TerminalReport(host.Out) : new PlainReport(host.Out);

    /// <summary>Answers, as JSON where that is asked for.</summary>
    /// <typeparam name="T">What kind of answer it is.</typeparam>
    /// <param name="host">The process.</param>
    /// <param name="json">Whether JSON is asked for.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="type">How it is written as JSON.</param>
    /// <param name="write">Writes it for a person.</param>
    public static void Answer<T>(CliHost host, bool json, T answer, JsonTypeInfo<T> type, Action<T, IReport> write)
    {
        if (json)
        {
            host.Out.WriteLine(JsonSerializer.Serialize(answer, type));
        }
        else
        {
            write(answer, For(host));
        }
    }
}

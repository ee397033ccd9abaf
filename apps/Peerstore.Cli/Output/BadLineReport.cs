using System.Text.Json;
using Peerstore.Cli.Ingest;

namespace Peerstore.Cli.Output;

/// <summary>Keeps all bad lines where that is asked for, and the first ones to be shown at the end.</summary>
/// <param name="keep">Keeps one of them, written out; or null.</param>
/// <param name="json">Whether to write them as JSON, one object a line.</param>
internal sealed class BadLineReport(Action<string>? keep, bool json) : IBadLines
{
    private const int MaxShown = 10;
    private readonly List<string> _shown = [];
    private long _count;

    /// <summary>The first one, in words; null where there is none.</summary>
    public string? First { get; private set; }

    /// <inheritdoc/>
    public void Add(BadLine line)
    {
        _count++;
        First ??= Describe(line);
        if (keep is null && _shown.Count == MaxShown)
        {
            return;
        }

        var text = json ? JsonSerializer.Serialize(line, ViewsContext.Default.BadLine) : Describe(line);
        keep?.Invoke(text);
        if (_shown.Count < MaxShown)
        {
            _shown.Add(text);
        }
    }

    /// <summary>Shows the first ones and, in words, how many more there are: in JSON, the summary counts them.</summary>
    /// <param name="error">Where to show them.</param>
    public void Write(TextWriter error)
    {
        foreach (var text in _shown)
        {
            error.WriteLine(text);
        }

        if (json || _count == _shown.Count)
        {
            return;
        }

        var hint = keep is null ? "; --errors FILE keeps them all" : "";
        error.WriteLine($"and {_count - _shown.Count} more bad lines{hint}");
    }

    private static string Describe(BadLine line) =>
        $"line {line.Line}: {line.Reason}: {TerminalText.Clean(line.Detail)}";
}

using System.Text.Json;
using Peerstore.Cli.Ingest;

namespace Peerstore.Cli.Output;

/// <summary>Keeps all bad lines in a file, where one is given, and the first ones to be shown at the end.</summary>
/// <param name="file">Where to keep them, or null.</param>
/// <param name="json">Whether to keep them as JSON, one object a line.</param>
internal sealed class BadLineReport(TextWriter? file, bool json) : IBadLines
{
    private const int MaxShown = 10;
    private readonly List<string> _shown = [];
    private long _count;

    /// <inheritdoc/>
    public void Add(BadLine line)
    {
        _count++;
        if (file is null && _shown.Count == MaxShown)
        {
            return;
        }

        var text = $"line {line.Line}: {line.Reason}: {TerminalText.Clean(line.Detail)}";
        file?.WriteLine(json ? JsonSerializer.Serialize(line, ViewsContext.Default.BadLine) : text);
        if (_shown.Count < MaxShown)
        {
            _shown.Add(text);
        }
    }

    /// <summary>Shows the first ones, and how many more there are.</summary>
    /// <param name="error">Where to show them.</param>
    public void Write(TextWriter error)
    {
        foreach (var text in _shown)
        {
            error.WriteLine(text);
        }

        if (_count == _shown.Count)
        {
            return;
        }

        var hint = file is null ? "; --errors FILE keeps them all" : "";
        error.WriteLine($"and {_count - _shown.Count} more bad lines{hint}");
    }
}

namespace Peerstore.Cli.Output;

/// <summary>Columns of text, for files, pipes and <c>grep</c>.</summary>
/// <param name="output">Where to write.</param>
internal sealed class PlainReport(TextWriter output) : IReport
{
    private bool _hasBegun;

    /// <inheritdoc/>
    public void Line(string text, int maxLength = TerminalText.MaxLength)
    {
        output.WriteLine(TerminalText.Clean(text, maxLength));
        _hasBegun = true;
    }

    /// <inheritdoc/>
    public void Pairs(IReadOnlyList<(string Name, string Value)> pairs)
    {
        var width = pairs.Max(pair => pair.Name.Length) + 2;
        foreach ((var name, var value) in pairs)
        {
            output.WriteLine($"{(name + ":").PadRight(width)}{TerminalText.Clean(value)}");
        }

        _hasBegun = true;
    }

    /// <inheritdoc/>
    public void Table(TextTable table)
    {
        if (table.Rows.Count == 0)
        {
            return;
        }

        List<string[]> rows = [[.. table.Columns], .. table.Rows.Select(Clean)];
        int[] widths = [.. table.Columns.Select((_, column) => rows.Max(row => row[column].Length))];
        if (_hasBegun)
        {
            output.WriteLine();
        }

        output.WriteLine(table.Title);
        foreach (var row in rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        _hasBegun = true;
    }

    private static string[] Clean(string[] row) => [.. row.Select(cell => TerminalText.Clean(cell))];
}

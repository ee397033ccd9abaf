using Spectre.Console;

namespace Peerstore.Cli.Output;

/// <summary>Tables with lines and headings, for a person at a terminal.</summary>
internal sealed class TerminalReport : IReport
{
    /// <summary>In a column narrower than this, words fall to pieces.</summary>
    private const int MinWrapped = 12;

    private readonly IAnsiConsole _console;

    /// <summary>Writes to a terminal.</summary>
    /// <param name="output">The terminal.</param>
    public TerminalReport(TextWriter output)
        : this(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }))
    {
    }

    /// <summary>Writes to a console of Spectre's.</summary>
    /// <param name="console">The console.</param>
    public TerminalReport(IAnsiConsole console) => _console = console;

    /// <inheritdoc/>
    public void Line(string text, int maxLength = TerminalText.MaxLength) =>
        _console.WriteLine(TerminalText.Clean(text, maxLength));

    /// <inheritdoc/>
    public void Pairs(IReadOnlyList<(string Name, string Value)> pairs)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach ((var name, var value) in pairs)
        {
            grid.AddRow(new Text(name), Cell(value));
        }

        _console.Write(grid);
    }

    /// <inheritdoc/>
    public void Table(TextTable table)
    {
        if (table.Rows.Count == 0)
        {
            return;
        }

        int[] widths = [.. table.Columns.Select((name, column) => Width(name, table.Rows, column))];
        if (Fits(widths, FrameWidth(widths), table.LastWraps))
        {
            var framed = new Table().Border(TableBorder.Rounded).Title(new TableTitle(Markup.Escape(table.Title)));
            _console.Write(Fill(framed, table));
        }
        else if (table.LastWraps && Fits(widths, BareWidth(widths), table.LastWraps))
        {
            _console.WriteLine(table.Title);
            var bare = Fill(new Table().NoBorder(), table);
            foreach (var column in bare.Columns)
            {
                column.PadLeft(0).PadRight(column == bare.Columns[^1] ? 0 : 1);
            }

            _console.Write(bare);
        }
        else
        {
            // In a frame too narrow for it, an ID is broken into pieces that cannot be copied.
            new PlainReport(_console.Profile.Out.Writer).Table(table);
        }
    }

    private static Table Fill(Table shown, TextTable table)
    {
        foreach (var name in table.Columns)
        {
            var column = new TableColumn(new Text(name));
            column.NoWrap = !table.LastWraps || shown.Columns.Count < table.Columns.Count - 1;
            shown.AddColumn(column);
        }

        foreach (var row in table.Rows)
        {
            shown.AddRow(row.Select(Cell));
        }

        return shown;
    }

    // A frame has a line and a space on either side of each cell, and one line more.
    private static int FrameWidth(int[] widths) => (3 * widths.Length) + 1;

    // Without a frame there is still a space between cells.
    private static int BareWidth(int[] widths) => widths.Length - 1;

    private bool Fits(int[] widths, int border, bool lastWraps)
    {
        var last = lastWraps ? Math.Min(widths[^1], MinWrapped) : widths[^1];
        return border + widths[..^1].Sum() + last <= _console.Profile.Width;
    }

    private static int Width(string name, IReadOnlyList<string[]> rows, int column) =>
        rows.Max(row => Math.Max(name.Length, TerminalText.Clean(row[column]).Length));

    // Text, unlike Markup, gives no meaning to square brackets.
    private static Text Cell(string text) => new(TerminalText.Clean(text));
}

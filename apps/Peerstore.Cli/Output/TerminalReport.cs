using Spectre.Console;

namespace Peerstore.Cli.Output;

/// <summary>Tables with lines and headings, for a person at a terminal.</summary>
internal sealed class TerminalReport : IReport
{
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

        if (Width(table) > _console.Profile.Width)
        {
            // In a frame too narrow for it, an ID is broken into pieces that cannot be copied.
            new PlainReport(_console.Profile.Out.Writer).Table(table);
            return;
        }

        var shown = new Table().Border(TableBorder.Rounded).Title(new TableTitle(Markup.Escape(table.Title)));
        foreach (var column in table.Columns)
        {
            shown.AddColumn(new TableColumn(new Text(column)));
        }

        foreach (var row in table.Rows)
        {
            shown.AddRow(row.Select(Cell));
        }

        _console.Write(shown);
    }

    private static int Width(TextTable table) => 1 + table.Columns.Select((name, column) =>
        3 + table.Rows.Max(row => Math.Max(name.Length, TerminalText.Clean(row[column]).Length))).Sum();

    // Text, unlike Markup, gives no meaning to square brackets.
    private static Text Cell(string text) => new(TerminalText.Clean(text));
}

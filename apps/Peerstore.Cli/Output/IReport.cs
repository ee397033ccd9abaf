namespace Peerstore.Cli.Output;

/// <summary>An answer for a person to read. Every text given to it is cleaned of what it may hide.</summary>
internal interface IReport
{
    /// <summary>Writes one line.</summary>
    /// <param name="text">The line.</param>
    /// <param name="maxLength">After how many characters of it to cut.</param>
    void Line(string text, int maxLength = TerminalText.MaxLength);

    /// <summary>Writes names with their values, one pair a line.</summary>
    /// <param name="pairs">The pairs.</param>
    void Pairs(IReadOnlyList<(string Name, string Value)> pairs);

    /// <summary>Writes a table; nothing where it has no rows.</summary>
    /// <param name="table">The table.</param>
    void Table(TextTable table);
}

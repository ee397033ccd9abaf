namespace Peerstore.Cli.Output;

/// <summary>Rows of texts, as they came: whoever shows them cleans them.</summary>
/// <param name="Title">What the rows are.</param>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">The rows, each with as many cells as there are columns.</param>
internal sealed record TextTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows)
{
    /// <summary>Whether the texts of the last column may be broken into lines; those of others are never.</summary>
    public bool LastWraps { get; init; }
}

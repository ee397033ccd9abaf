using System.Text.Json;

namespace Peerstore.Scorecard.Output;

/// <summary>Prints each line as soon as it is measured.</summary>
/// <param name="output">Where.</param>
internal sealed class LineWriter(TextWriter output)
{
    /// <summary>Prints a line.</summary>
    /// <param name="line">The line.</param>
    public void Write(ScoreLine line)
    {
        output.WriteLine(JsonSerializer.Serialize(line, line.GetType(), LinesContext.Default));
        output.Flush();
    }
}

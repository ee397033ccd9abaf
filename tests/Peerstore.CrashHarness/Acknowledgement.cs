using System.Globalization;

namespace Peerstore.CrashHarness;

/// <summary>That an operation completed, as a line that one process writes and another reads.</summary>
/// <param name="Number">Of the operation.</param>
/// <param name="Time">When, by the machine's monotonic clock, which all its processes share.</param>
internal readonly record struct Acknowledgement(long Number, long Time)
{
    // What was cut off must not be taken for a smaller number.
    private const char End = '.';

    public static bool TryParse(ReadOnlySpan<char> line, out Acknowledgement acknowledgement)
    {
        acknowledgement = default;
        var space = line.IndexOf(' ');
        if (space < 0 || line[^1] != End)
        {
            return false;
        }

        var isRead = long.TryParse(line[..space], CultureInfo.InvariantCulture, out var number);
        isRead &= long.TryParse(line[(space + 1)..^1], CultureInfo.InvariantCulture, out var time);
        acknowledgement = new(number, time);
        return isRead;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number} {Time}{End}");
}

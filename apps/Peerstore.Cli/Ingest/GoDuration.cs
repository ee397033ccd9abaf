using System.Buffers;
using System.Globalization;

namespace Peerstore.Cli.Ingest;

/// <summary>Durations as Go writes them: <c>1h</c>, <c>2h30m</c>, <c>1.234567s</c>, <c>350µs</c>.</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");
    private static readonly (string Name, decimal Ticks)[] Units =
    [
        ("ns", 0.01m), ("us", 10m), ("µs", 10m), ("μs", 10m), ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour),
    ];

    /// <summary>Parses a duration; finer parts than 100 ns are cut off.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">The duration, negative behind a minus sign.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = default;
        bool negative = text.StartsWith("-");
        if (text.StartsWith("-") || text.StartsWith("+")) text = text[1..];
        if (text is "0") return true;

        decimal ticks = 0;
        bool any = false;
        while (text.Length > 0)
        {
            if (!TryTakePart(ref text, out decimal part) || (ticks += part) > long.MaxValue) return false;
            any = true;
        }

        duration = TimeSpan.FromTicks(decimal.ToInt64(decimal.Truncate(negative ? -ticks : ticks)));
        return any;
    }

    private static bool TryTakePart(ref ReadOnlySpan<char> text, out decimal ticks)
    {
        ticks = 0;
        int digits = text.IndexOfAnyExcept(NumberCharacters);
        // With at most 15 digits no sum of parts leaves the range of a decimal; no duration needs more.
        if (digits is <= 0 or > 16) return false;
        if (!decimal.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
            return false;

        text = text[digits..];
        int end = text.IndexOfAny(NumberCharacters);
        ReadOnlySpan<char> unit = end < 0 ? text : text[..end];
        foreach ((string name, decimal perUnit) in Units)
        {
            if (!unit.SequenceEqual(name)) continue;
            ticks = number * perUnit;
            text = text[unit.Length..];
            return true;
        }

        return false;
    }
}

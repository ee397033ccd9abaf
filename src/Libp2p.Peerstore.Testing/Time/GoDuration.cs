using System.Globalization;

namespace Libp2p.Peerstore.Testing;

/// <summary>A duration as go writes it (<c>1h0m0.5s</c>, <c>-2s</c>, <c>100µs</c>), in nanoseconds.</summary>
/// <remarks>The grammar is that of go's <c>time.ParseDuration</c>.</remarks>
internal readonly record struct GoDuration(long Nanoseconds)
{
    /// <summary>How many of go's nanoseconds make the unit of a <see cref="TimeSpan"/>.</summary>
    public const int NanosecondsPerTick = 100;

    /// <summary>Whether a <see cref="TimeSpan"/> can say exactly this.</summary>
    public bool IsExact => Nanoseconds % NanosecondsPerTick == 0;

    /// <summary>The duration, finer parts than 100 ns cut off towards zero.</summary>
    public TimeSpan Truncated => TimeSpan.FromTicks(Nanoseconds / NanosecondsPerTick);

    public static bool TryParse(ReadOnlySpan<char> text, out GoDuration duration)
    {
        duration = default;
        var negative = text.StartsWith("-");
        if (negative || text.StartsWith("+"))
        {
            text = text[1..];
        }

        if (text.IsEmpty)
        {
            return false;
        }

        if (text is "0")
        {
            return true;
        }

        Int128 total = 0;
        while (!text.IsEmpty)
        {
            if (!TryReadPart(ref text, out var part))
            {
                return false;
            }

            total += part;
            if (total > (Int128)long.MaxValue + 1)
            {
                return false;
            }
        }

        total = negative ? -total : total;
        if (total > long.MaxValue)
        {
            return false;
        }

        duration = new GoDuration((long)total);
        return true;
    }

    /// <summary>Reads one number with its unit off the front.</summary>
    private static bool TryReadPart(scoped ref ReadOnlySpan<char> text, out Int128 nanoseconds)
    {
        nanoseconds = 0;
        var whole = TakeDigits(ref text);
        ReadOnlySpan<char> fraction = [];
        if (text.StartsWith("."))
        {
            text = text[1..];
            fraction = TakeDigits(ref text);
        }

        // No unit is longer than an hour, 3.6e12 ns: digits of a fraction beyond the 18th cannot count.
        if ((whole.IsEmpty && fraction.IsEmpty) || whole.Length > 19 || !TryTakeUnit(ref text, out var unit))
        {
            return false;
        }

        if (!whole.IsEmpty)
        {
            nanoseconds = Int128.Parse(whole, CultureInfo.InvariantCulture) * unit;
        }

        if (fraction.Length > 18)
        {
            fraction = fraction[..18];
        }

        if (!fraction.IsEmpty)
        {
            var scale = (Int128)Math.Pow(10, fraction.Length);
            nanoseconds += Int128.Parse(fraction, CultureInfo.InvariantCulture) * unit / scale;
        }

        return true;
    }

    private static ReadOnlySpan<char> TakeDigits(scoped ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        return digits;
    }

    private static bool TryTakeUnit(scoped ref ReadOnlySpan<char> text, out long nanoseconds)
    {
        var end = text.IndexOfAnyInRange('0', '9');
        var dot = text.IndexOf('.');
        if (end < 0 || (dot >= 0 && dot < end))
        {
            end = dot;
        }

        var unit = end < 0 ? text : text[..end];
        nanoseconds = unit switch
        {
            "ns" => 1,
            "us" or "µs" or "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => 0,
        };
        text = text[unit.Length..];
        return nanoseconds != 0;
    }
}

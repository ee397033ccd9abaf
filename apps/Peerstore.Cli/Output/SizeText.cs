using System.Globalization;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.Cli.Output;

/// <summary>Sizes of files as they are written on the command line and shown.</summary>
internal static class SizeText
{
    private const string Units = "KMG";
    private const int UnitBits = 10;

    /// <summary>Reads the maximum of a peerstore's file.</summary>
    /// <param name="text">A number of bytes; with K, M or G behind it of 1024 bytes, of 1024 K, of 1024 M.</param>
    /// <exception cref="CliException">It is none, or less than <see cref="SqlitePeerstoreOptions.LeastMaxFileBytes"/>.</exception>
    public static long ParseMaxFileBytes(string text)
    {
        var unit = text.Length == 0 ? -1 : Units.IndexOf(text[^1], StringComparison.Ordinal);
        var shift = UnitBits * (unit + 1);
        var number = unit < 0 ? text : text[..^1];
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > long.MaxValue >> shift)
        {
            throw new CliException($"'{text}' is not a size: write a number of bytes, or one with K, M or G, as 512M.");
        }

        return count << shift >= SqlitePeerstoreOptions.LeastMaxFileBytes
            ? count << shift
            : throw new CliException(
                $"'{text}' is too small: the file of a peerstore needs at least {Format(SqlitePeerstoreOptions.LeastMaxFileBytes)}.");
    }

    /// <summary>Writes a size in the largest unit that it is a whole number of.</summary>
    /// <param name="bytes">The size.</param>
    public static string Format(long bytes)
    {
        var unit = -1;
        while (bytes > 0 && unit < Units.Length - 1 && bytes % (1 << UnitBits) == 0)
        {
            bytes >>= UnitBits;
            unit++;
        }

        var number = bytes.ToString(CultureInfo.InvariantCulture);
        return unit < 0 ? number : number + Units[unit];
    }
}

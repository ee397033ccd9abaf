using System.Globalization;
using System.Text;

namespace Peerstore.Cli.Output;

/// <summary>Makes texts of others fit to be shown.</summary>
/// <remarks>
/// Agent versions, protocol IDs, addresses and error texts are chosen by strangers. Shown as they are, they could
/// move the cursor, recolour or retitle the terminal, forge further lines, or reverse the order of what stands
/// beside them.
/// </remarks>
internal static class TerminalText
{
    /// <summary>How many characters of one text are shown.</summary>
    public const int MaxLength = 512;

    /// <summary>Writes everything that is not plainly visible as <c>\u{hex}</c>, and cuts what is too long.</summary>
    /// <param name="text">The text, of any origin.</param>
    /// <param name="maxLength">After how many characters of it to cut.</param>
    public static string Clean(string text, int maxLength = MaxLength)
    {
        if (text.Length <= maxLength && IsPlain(text))
        {
            return text;
        }

        var clean = new StringBuilder(Math.Min(text.Length, maxLength) + 16);
        var position = 0;
        while (position < text.Length && position < maxLength)
        {
            var whole = Rune.TryGetRuneAt(text, position, out var rune);
            if (whole && IsVisible(rune))
            {
                clean.Append(rune.ToString());
            }
            else
            {
                clean.Append(CultureInfo.InvariantCulture, $"\\u{{{(whole ? rune.Value : text[position]):x}}}");
            }

            position += whole ? rune.Utf16SequenceLength : 1;
        }

        return position < text.Length ? clean.Append('…').ToString() : clean.ToString();
    }

    /// <summary>Whether a text can be shown as it is, whatever its length: one line, nothing hidden in it.</summary>
    /// <param name="text">The text.</param>
    public static bool IsPlain(string text)
    {
        var position = 0;
        while (position < text.Length)
        {
            if (!Rune.TryGetRuneAt(text, position, out var rune) || !IsVisible(rune))
            {
                return false;
            }

            position += rune.Utf16SequenceLength;
        }

        return true;
    }

    private static bool IsVisible(Rune rune) => rune.Value != 0xfffd && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or
        UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}

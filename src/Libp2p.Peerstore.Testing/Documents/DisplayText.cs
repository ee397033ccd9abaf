using System.Globalization;
using System.Text;

namespace Libp2p.Peerstore.Testing;

/// <summary>Makes texts from documents and stores fit for a terminal: bounded, and without control characters.</summary>
internal static class DisplayText
{
    public const int MaxLength = 2000;

    public static string Of(string text)
    {
        var shown = new StringBuilder(Math.Min(text.Length, MaxLength) + 1);
        foreach (var c in text)
        {
            if (shown.Length >= MaxLength)
            {
                return shown.Append('…').ToString();
            }

            if (char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format)
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                shown.Append(c);
            }
        }

        return shown.ToString();
    }
}

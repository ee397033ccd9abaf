using System.Text;

namespace Libp2p.Peerstore.Testing;

/// <summary>Writes answers as texts that are equal exactly when the answers are.</summary>
internal static class Answer
{
    public const string Null = "null";
    public const string Error = "error";
    public const string NoError = "no error";
    public const string Refused = "refused";
    public const string Accepted = "accepted";

    public static string Of(string? text) => text is null
        ? Null
        : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    public static string Of(bool value) => value ? "true" : "false";

    public static string Base64(ReadOnlyMemory<byte>? bytes) => bytes is null ? Null : Convert.ToBase64String(bytes.Value.Span);

    public static string Outcome(bool error) => error ? Error : NoError;

    /// <summary>A list whose order counts.</summary>
    public static string List(IEnumerable<string> items) => $"[{string.Join(", ", items.Select(Of))}]";

    /// <summary>A list whose order does not count; its repetitions do.</summary>
    public static string Set(IEnumerable<string> items) =>
        List(items.OrderBy(static item => item, Comparer<string>.Create(CompareUtf8)));

    // The order of UTF-8 bytes is not that of UTF-16 units beyond the basic plane.
    private static int CompareUtf8(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
}

using System.Text.Json;

namespace Libp2p.Peerstore.Testing;

/// <summary>Reads the members of a document's items; what is not as it should be is a <see cref="DocumentException"/>.</summary>
internal static class JsonFields
{
    public static JsonElement? Optional(this JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) ? value : null;

    public static JsonElement Required(this JsonElement item, string name) =>
        item.Optional(name) ?? throw new DocumentException($"there is no \"{name}\"");

    public static IEnumerable<JsonElement> Items(this JsonElement item, string name)
    {
        if (item.Optional(name) is not { ValueKind: not JsonValueKind.Null } list)
        {
            return [];
        }

        return list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : throw new DocumentException($"\"{name}\" is not a list");
    }

    public static string Text(this JsonElement item, string name) => item.Required(name).AsText(name);

    public static string? TextOrNull(this JsonElement item, string name) =>
        item.Optional(name) is { ValueKind: not JsonValueKind.Null } value ? value.AsText(name) : null;

    public static IReadOnlyList<string> Texts(this JsonElement item, string name) =>
        [.. item.Items(name).Select(value => value.AsText(name))];

    public static bool Flag(this JsonElement item, string name, bool absent = false) =>
        item.Optional(name) is not { } value ? absent
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw new DocumentException($"\"{name}\" is neither true nor false");

    public static long Number(this JsonElement item, string name) =>
        item.Required(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number)
            ? number
            : throw new DocumentException($"\"{name}\" is not a whole number");

    public static byte[] Base64(this JsonElement item, string name)
    {
        var value = item.Required(name);
        return value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes)
            ? bytes
            : throw new DocumentException($"\"{name}\" is not base64");
    }

    public static byte[] Hex(this JsonElement item, string name)
    {
        var text = item.Text(name);
        var bytes = new byte[text.Length / 2];
        return Convert.FromHexString(text, bytes, out var read, out _) == System.Buffers.OperationStatus.Done
            && read == text.Length
                ? bytes
                : throw new DocumentException($"\"{name}\" is not hexadecimal");
    }

    public static string AsText(this JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw new DocumentException($"\"{name}\" is not a text");
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // An escape that is half of a surrogate pair.
            throw new DocumentException($"\"{name}\" is not Unicode text");
        }
    }
}

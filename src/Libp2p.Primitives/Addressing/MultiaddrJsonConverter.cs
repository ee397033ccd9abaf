using System.Text.Json;
using System.Text.Json.Serialization;

namespace Libp2p;

/// <summary>Multiaddrs in JSON: their text, empty for <c>default</c>; also as names of properties.</summary>
/// <remarks>JSON is Unicode: a value that is not UTF-8 is written with U+FFFD and read back as another address.</remarks>
internal sealed class MultiaddrJsonConverter : JsonConverter<Multiaddr>
{
    public override Multiaddr Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? FromText(reader.GetString()!)
            : throw new JsonException("A multiaddr in JSON is a text.");

    public override void Write(Utf8JsonWriter writer, Multiaddr value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    public override Multiaddr ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        FromText(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, Multiaddr value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString());

    private static Multiaddr FromText(string text) =>
        text.Length == 0 ? default
        : Multiaddr.TryParse(text, DecodeLimits.Default, out var address, out var error) ? address
        : throw new JsonException(error.ToException("a multiaddr").Message);
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Libp2p;

/// <summary>Peer IDs in JSON: a text, empty for <c>default</c>; also as names of properties.</summary>
/// <remarks>The text is base58, or the CID for the few IDs whose base58 does not read back.</remarks>
internal sealed class PeerIdJsonConverter : JsonConverter<PeerId>
{
    public override PeerId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? FromText(reader.GetString()!)
            : throw new JsonException("A peer ID in JSON is a text.");

    public override void Write(Utf8JsonWriter writer, PeerId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(PeerIdText.ToReadable(value));

    public override PeerId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        FromText(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, PeerId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(PeerIdText.ToReadable(value));

    private static PeerId FromText(string text) =>
        text.Length == 0 ? default
        : PeerId.TryParse(text, out var peer, out var error) ? peer
        : throw new JsonException(error.ToException("a peer ID").Message);
}

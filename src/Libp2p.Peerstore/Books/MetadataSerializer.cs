using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Libp2p.Peerstore;

/// <summary>Turns metadata values into bytes and back: <c>byte[]</c> as it is, everything else as JSON.</summary>
internal sealed class MetadataSerializer(IJsonTypeInfoResolver? userTypes)
{
    private readonly JsonSerializerOptions _options = new()
    {
        TypeInfoResolver = userTypes is null
            ? BuiltInMetadataTypes.Default
            : JsonTypeInfoResolver.Combine(userTypes, BuiltInMetadataTypes.Default),
    };

    public StoredValue Serialize<T>(T value) => value is byte[] bytes
        ? new(StoredValueKind.Raw, bytes.ToArray())
        : new(StoredValueKind.Json, JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo<T>()));

    public T Deserialize<T>(StoredValue value, PeerId peer, string key)
    {
        if (typeof(T) == typeof(byte[]))
        {
            return value.Kind == StoredValueKind.Raw ? (T)(object)value.Bytes.ToArray() : throw WrongType<T>(peer, key);
        }

        var type = TypeInfo<T>();
        if (value.Kind != StoredValueKind.Json)
        {
            throw WrongType<T>(peer, key);
        }

        try
        {
            return JsonSerializer.Deserialize(value.Bytes.Span, type) ?? throw WrongType<T>(peer, key);
        }
        catch (JsonException e)
        {
            throw WrongType<T>(peer, key, e);
        }
    }

    private JsonTypeInfo<T> TypeInfo<T>() => _options.TryGetTypeInfo(typeof(T), out var info)
        ? (JsonTypeInfo<T>)info
        : throw new NotSupportedException(
            $"No serialiser is known for metadata of type {typeof(T)}: list it in a JsonSerializerContext and give that as PeerstoreOptions.MetadataTypes.");

    private static PeerstoreException WrongType<T>(PeerId peer, string key, Exception? cause = null) => new(
        PeerstoreError.MetadataType, $"The metadata value '{key}' of peer {peer} is not of type {typeof(T)}.", cause);
}

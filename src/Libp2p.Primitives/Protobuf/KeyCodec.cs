using Google.Protobuf;
using Libp2p.Protobuf;

namespace Libp2p;

/// <summary>The protobuf wrapping of keys, which is the same for both halves: a type and data.</summary>
internal static class KeyCodec
{
    public const string SizeRule = "a key stays within the limit on its bytes";

    /// <summary>Unwraps a key, of which it copies nothing, and finds its algorithm.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, DecodeLimits limits, out KeyFields fields, out DecodeError error)
    {
        fields = default;
        if (bytes.Length > limits.MaxKeyBytes)
        {
            error = new DecodeError(SizeRule, limits.MaxKeyBytes);
            return false;
        }

        error = fields.Merge(bytes, new WireRange(0, bytes.Length));
        error = error == default ? fields.Check(start: 0, limits) : error;
        return error == default;
    }

    /// <summary>Wraps a key in the canonical form: the type first, then the data.</summary>
    public static byte[] Write(KeyType type, ReadOnlyMemory<byte> data) => ToMessage(type, data).ToByteArray();

    /// <summary>Wraps a key. The message borrows the data.</summary>
    public static KeyMessage ToMessage(KeyType type, ReadOnlyMemory<byte> data) =>
        new() { Type = (KeyTypeMessage)type, Data = UnsafeByteOperations.UnsafeWrap(data) };
}

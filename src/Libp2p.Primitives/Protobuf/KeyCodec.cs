using Google.Protobuf;
using Libp2p.Protobuf;

namespace Libp2p;

/// <summary>The protobuf wrapping of keys, which is the same for both halves: a type and data.</summary>
internal static class KeyCodec
{
    private const string SizeRule = "a key stays within the limit on its bytes";
    private const string FormRule = "a key is a protobuf message of a type and data";
    private const string TypeRule = "a key has a type";
    private const string DataRule = "a key has data";
    private const string KnownTypeRule = "the type of a key is RSA, Ed25519, secp256k1 or ECDSA";

    /// <summary>Unwraps a key and finds its algorithm.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, DecodeLimits limits, out KeyType type, out ReadOnlyMemory<byte> data, out DecodeError error)
    {
        type = default;
        data = default;
        if (bytes.Length > limits.MaxKeyBytes)
        {
            error = new DecodeError(SizeRule, limits.MaxKeyBytes);
            return false;
        }

        try
        {
            return TryRead(KeyMessage.Parser.ParseFrom(bytes), limits, out type, out data, out error);
        }
        catch (InvalidProtocolBufferException)
        {
            error = new DecodeError(FormRule, 0);
            return false;
        }
    }

    /// <summary>Takes a message apart.</summary>
    public static bool TryRead(
        KeyMessage message, DecodeLimits limits, out KeyType type, out ReadOnlyMemory<byte> data, out DecodeError error)
    {
        type = (KeyType)message.Type;
        data = message.Data.Memory;
        var broken = !message.HasType ? TypeRule
            : !message.HasData ? DataRule
            : KeyAlgorithm.Find(type) is null ? KnownTypeRule
            : data.Length > limits.MaxKeyBytes ? SizeRule
            : null;
        error = broken is null ? default : new DecodeError(broken, 0);
        return broken is null;
    }

    /// <summary>Wraps a key in the canonical form: the type first, then the data.</summary>
    public static byte[] Write(KeyType type, ReadOnlyMemory<byte> data) => ToMessage(type, data).ToByteArray();

    /// <summary>Wraps a key. The message borrows the data.</summary>
    public static KeyMessage ToMessage(KeyType type, ReadOnlyMemory<byte> data) =>
        new() { Type = (KeyTypeMessage)type, Data = UnsafeByteOperations.UnsafeWrap(data) };
}

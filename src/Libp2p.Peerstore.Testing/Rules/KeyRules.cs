namespace Libp2p.Peerstore.Testing;

/// <summary>Which rule, if any, refuses a key or a signature that go may take.</summary>
internal static class KeyRules
{
    /// <summary>For a private key in its protobuf form.</summary>
    public static ConformanceRule? ForPrivate(byte[] key)
    {
        var data = WireFields.Bytes(key, WireFields.KeyData);
        return TypeOf(key) switch
        {
            KeyType.Secp256k1 when Secp256k1Shape.IsOutOfRange(data) => SkipRules.Secp256k1Scalar,
            KeyType.Ed25519 when Ed25519Shape.HasForeignHalf(data) => SkipRules.Ed25519Halves,
            _ => null,
        };
    }

    /// <summary>For a signature under a public key in its protobuf form.</summary>
    public static ConformanceRule? ForSignature(byte[] key, byte[] signature) =>
        TypeOf(key) switch
        {
            KeyType.Ecdsa when EcdsaSignatureShape.HasMoreThanRAndS(signature) => SkipRules.EcdsaTrailingBytes,
            KeyType.Ed25519 when Ed25519Shape.IsWeak(WireFields.Bytes(key, WireFields.KeyData)) =>
                SkipRules.Ed25519WeakKey,
            _ => null,
        };

    /// <summary>For a signed envelope.</summary>
    public static ConformanceRule? ForEnvelope(byte[] envelope) => ForSignature(
        WireFields.Bytes(envelope, WireFields.EnvelopeKey),
        WireFields.Bytes(envelope, WireFields.EnvelopeSignature));

    // An enum of protobuf keeps the low 32 bits of the number on the wire.
    private static KeyType? TypeOf(byte[] key) =>
        WireFields.Number(key, WireFields.KeyType) is { } number ? (KeyType)(int)number : null;
}

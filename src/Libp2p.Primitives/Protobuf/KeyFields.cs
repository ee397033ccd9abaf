namespace Libp2p;

/// <summary>The fields of a key's message, which may come in several parts: the last of each counts, as in Go.</summary>
internal struct KeyFields
{
    private const uint TypeField = 1;
    private const uint DataField = 2;

    private const string MissingType = "a key has a type";
    private const string MissingData = "a key has data";
    private const string KnownType = "the type of a key is RSA, Ed25519, secp256k1 or ECDSA";

    private int? _typeStart;
    private WireRange? _data;

    /// <summary>The kind of key; good once <see cref="Check"/> finds nothing.</summary>
    public KeyType Type { get; private set; }

    /// <summary>Where the key itself stands.</summary>
    public readonly WireRange Data => _data.GetValueOrDefault();

    /// <summary>Takes over what a message says; returns the rule of protobuf's that it breaks, or <c>default</c>.</summary>
    public DecodeError Merge(ReadOnlySpan<byte> bytes, WireRange message)
    {
        var reader = new WireReader(bytes, message);
        while (reader.MoveNext())
        {
            switch ((reader.Number, reader.Type))
            {
                case (TypeField, WireType.Varint):
                    // An enumeration has 32 bits; protobuf cuts what is above them off.
                    Type = unchecked((KeyType)(int)reader.Varint);
                    _typeStart = reader.FieldStart;
                    break;
                case (DataField, WireType.Bytes):
                    _data = reader.Bytes;
                    break;
            }
        }

        return reader.Error;
    }

    /// <summary>Returns the rule that the key breaks, or <c>default</c>.</summary>
    /// <param name="start">Where its message begins.</param>
    /// <param name="limits">How much is accepted.</param>
    public readonly DecodeError Check(int start, DecodeLimits limits) =>
        _typeStart is null ? new(MissingType, start)
        : _data is null ? new(MissingData, start)
        : KeyAlgorithm.Find(Type) is null ? new(KnownType, _typeStart.Value)
        : Data.Length > limits.MaxKeyBytes ? new(KeyCodec.SizeRule, Data.Start)
        : default;
}

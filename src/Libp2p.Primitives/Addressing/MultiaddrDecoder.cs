namespace Libp2p;

/// <summary>Checks multiaddrs in bytes.</summary>
internal static class MultiaddrDecoder
{
    /// <summary>Whether bytes of others are a multiaddr.</summary>
    public static bool TryCheck(ReadOnlySpan<byte> bytes, DecodeLimits limits, out DecodeError error)
    {
        error = bytes.IsEmpty ? new(MultiaddrRules.Empty, 0)
            : bytes.Length > limits.MaxMultiaddrBytes ? new(MultiaddrRules.TooManyBytes, limits.MaxMultiaddrBytes)
            : default;
        var afterPath = false;
        var components = 0;
        for (var offset = 0; error.Rule is null && offset < bytes.Length;)
        {
            var start = offset;
            var broken = CheckComponent(bytes, ref offset, out var protocol);
            error = broken is { } rule ? rule
                : afterPath ? new(MultiaddrRules.PathIsLast, start)
                : ++components > limits.MaxMultiaddrComponents ? new(MultiaddrRules.TooManyComponents, start)
                : default;
            afterPath = protocol is { IsPath: true };
        }

        return error.Rule is null;
    }

    // Moves behind the component, or returns the rule that it breaks and where in the address.
    private static DecodeError? CheckComponent(ReadOnlySpan<byte> bytes, ref int offset, out MultiaddrProtocol? protocol)
    {
        protocol = null;
        if (Varint.Read(bytes[offset..], out var code, out var codeLength) is { } badCode)
        {
            return new DecodeError(badCode, offset);
        }

        protocol = ProtocolTable.Find(code);
        if (protocol is null)
        {
            return new DecodeError(MultiaddrRules.UnknownCode, offset);
        }

        offset += codeLength;
        if (protocol.Codec is not { } codec)
        {
            return null;
        }

        var length = (ulong)protocol.Size / 8;
        if (protocol.Size < 0)
        {
            if (Varint.Read(bytes[offset..], out length, out var lengthLength) is { } badLength)
            {
                return new DecodeError(badLength, offset);
            }

            if (length == 0)
            {
                return new DecodeError(MultiaddrRules.EmptyValue, offset);
            }

            offset += lengthLength;
        }

        if (length > (ulong)(bytes.Length - offset))
        {
            return new DecodeError(MultiaddrRules.CutValue, offset);
        }

        var broken = codec.Check(bytes.Slice(offset, (int)length))?.Behind(offset);
        offset += (int)length;
        return broken;
    }
}

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
            error = broken is not null ? new(broken, offset)
                : afterPath ? new(MultiaddrRules.PathIsLast, start)
                : ++components > limits.MaxMultiaddrComponents ? new(MultiaddrRules.TooManyComponents, start)
                : default;
            afterPath = protocol is { IsPath: true };
        }

        return error.Rule is null;
    }

    // Moves behind the component, or to where it breaks a rule.
    private static string? CheckComponent(ReadOnlySpan<byte> bytes, ref int offset, out MultiaddrProtocol? protocol)
    {
        protocol = null;
        if (Varint.Read(bytes[offset..], out var code, out var codeLength) is { } badCode)
        {
            return badCode;
        }

        protocol = ProtocolTable.Find(code);
        if (protocol is null)
        {
            return MultiaddrRules.UnknownCode;
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
                return badLength;
            }

            if (length == 0)
            {
                return MultiaddrRules.EmptyValue;
            }

            offset += lengthLength;
        }

        if (length > (ulong)(bytes.Length - offset))
        {
            return MultiaddrRules.CutValue;
        }

        var broken = codec.Check(bytes.Slice(offset, (int)length));
        offset += broken is null ? (int)length : 0;
        return broken;
    }
}

using System.Buffers.Binary;
using System.Text;

namespace Libp2p.Peerstore;

/// <summary>Takes values off the front of an encoded entry. After a failure it yields nothing but empty values.</summary>
internal ref struct EntryCursor(ReadOnlySpan<byte> encoded)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = encoded;

    public bool Failed { get; private set; }

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte TakeByte()
    {
        if (_rest.IsEmpty)
        {
            Fail();
            return 0;
        }

        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public long TakeInt64()
    {
        if (_rest.Length < sizeof(long))
        {
            Fail();
            return 0;
        }

        var value = BinaryPrimitives.ReadInt64LittleEndian(_rest);
        _rest = _rest[sizeof(long)..];
        return value;
    }

    public ulong TakeVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = TakeByte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        Fail();
        return 0;
    }

    public ReadOnlySpan<byte> TakeBytes()
    {
        var length = TakeVarint();
        if (length > (ulong)_rest.Length)
        {
            Fail();
            return default;
        }

        var taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }

    public ReadOnlySpan<byte> TakeRest()
    {
        var taken = _rest;
        _rest = default;
        return taken;
    }

    public string TakeText()
    {
        var bytes = TakeBytes();
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            Fail();
            return "";
        }
    }

    private void Fail()
    {
        Failed = true;
        _rest = default;
    }
}

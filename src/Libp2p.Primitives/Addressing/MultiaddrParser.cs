using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Libp2p;

/// <summary>Reads multiaddrs in text.</summary>
internal static class MultiaddrParser
{
    // /p2p-webrtc-direct is 18 characters and 2 bytes; nothing else shrinks more. So whatever is within the limit in bytes
    // is within it in the text that we write.
    private const int TextPerByte = 9;

    // /ip6/:: is 7 characters and 17 bytes; nothing else grows more.
    private const int BytesPerCharacter = 3;

    private const int MaxBytesPerChar = 3;
    private const byte Slash = (byte)'/';

    /// <summary>Reads text in UTF-16 into the bytes of a multiaddr.</summary>
    [SkipLocalsInit]
    public static bool TryParse(ReadOnlySpan<char> text, DecodeLimits limits, out byte[]? bytes, out DecodeError error)
    {
        bytes = null;
        var maxLength = MaxTextLength(limits);
        if (text.Length > maxLength)
        {
            error = new(MultiaddrRules.TextTooLong, maxLength);
            return false;
        }

        using var buffer = new TextBuffer(stackalloc byte[TextBuffer.StackBytes], text.Length * MaxBytesPerChar);
        if (Utf8.FromUtf16(text, buffer.Span, out var read, out var length, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            error = new(MultiaddrRules.Unicode, read);
            return false;
        }

        var utf8 = buffer.Span[..length];
        if (TryParse(utf8, limits, out bytes, out error))
        {
            return true;
        }

        error = error with { Position = Encoding.UTF8.GetCharCount(utf8[..error.Position]) };
        return false;
    }

    /// <summary>Reads text in UTF-8 (or bytes that are not) into the bytes of a multiaddr.</summary>
    [SkipLocalsInit]
    public static bool TryParse(ReadOnlySpan<byte> text, DecodeLimits limits, out byte[]? bytes, out DecodeError error)
    {
        bytes = null;
        var maxLength = MaxTextLength(limits);
        if (text.Length > maxLength)
        {
            error = new(MultiaddrRules.TextTooLong, maxLength);
            return false;
        }

        var room = (int)Math.Min(limits.MaxMultiaddrBytes, (long)text.Length * BytesPerCharacter);
        using var buffer = new TextBuffer(stackalloc byte[TextBuffer.StackBytes], room);
        var writer = new Writer(text.TrimEnd(Slash), buffer.Span, limits.MaxMultiaddrComponents);
        error = writer.Run();
        if (error.Rule is not null)
        {
            return false;
        }

        bytes = buffer.Span[..writer.Written].ToArray();
        return true;
    }

    private static int MaxTextLength(DecodeLimits limits) => (int)Math.Min((long)limits.MaxMultiaddrBytes * TextPerByte, int.MaxValue / 8);

    /// <summary>Goes through the text and writes the bytes.</summary>
    private ref struct Writer(ReadOnlySpan<byte> text, Span<byte> destination, int maxComponents)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private readonly Span<byte> _destination = destination;
        private int _position;

        public int Written { get; private set; }

        public DecodeError Run()
        {
            if (_text.IsEmpty || _text[0] != Slash)
            {
                return new(_text.IsEmpty ? MultiaddrRules.Empty : MultiaddrRules.Slash, 0);
            }

            for (var components = 1; _position < _text.Length; components++)
            {
                // Here stands the slash in front of a name.
                _position++;
                var broken = components > maxComponents ? Here(MultiaddrRules.TooManyComponents) : WriteComponent();
                if (broken is not null)
                {
                    return broken.Value;
                }
            }

            return default;
        }

        // Moves to the slash behind the component, or returns the rule that it breaks and where.
        private DecodeError? WriteComponent()
        {
            var nameEnd = EndOfPart(_position);
            var protocol = ProtocolTable.Find(_text[_position..nameEnd]);
            if (protocol is null)
            {
                return Here(MultiaddrRules.UnknownName);
            }

            if (!protocol.CodeBytes.AsSpan().TryCopyTo(_destination[Written..]))
            {
                return Here(MultiaddrRules.TooManyBytes);
            }

            Written += protocol.CodeBytes.Length;
            _position = nameEnd;
            if (protocol.Codec is not { } codec)
            {
                return null;
            }

            if (nameEnd == _text.Length)
            {
                return Here(MultiaddrRules.MissingValue);
            }

            // A path keeps the slash in front of it and all behind.
            _position = protocol.IsPath ? nameEnd : nameEnd + 1;
            var end = protocol.IsPath ? _text.Length : EndOfPart(_position);
            var value = _text[_position..end];
            var broken = protocol.Size < 0 ? WritePrefixed(codec, value) : WriteFixed(codec, value);
            var start = _position;
            _position = end;
            return broken?.Behind(start);
        }

        private readonly DecodeError? Here(string rule) => new DecodeError(rule, _position);

        private readonly int EndOfPart(int start)
        {
            var length = _text[start..].IndexOf(Slash);
            return length < 0 ? _text.Length : start + length;
        }

        // Positions from here on count from the beginning of the value.
        private DecodeError? WriteFixed(ValueCodec codec, ReadOnlySpan<byte> text)
        {
            var broken = codec.Parse(text, _destination[Written..], out var length);
            Written += length;
            return broken;
        }

        private DecodeError? WritePrefixed(ValueCodec codec, ReadOnlySpan<byte> text)
        {
            var room = _destination[Written..];
            if (room.IsEmpty)
            {
                return new DecodeError(MultiaddrRules.TooManyBytes, 0);
            }

            // Nearly every length takes one byte: write behind it, and move the value when it takes more.
            if (codec.Parse(text, room[1..], out var length) is { } broken)
            {
                return broken;
            }

            var prefix = Varint.LengthOf((uint)length);
            if (prefix + length > room.Length)
            {
                return new DecodeError(MultiaddrRules.TooManyBytes, 0);
            }

            if (prefix > 1)
            {
                room.Slice(1, length).CopyTo(room[prefix..]);
            }

            Written += Varint.Write(room, (uint)length) + length;
            return null;
        }
    }
}

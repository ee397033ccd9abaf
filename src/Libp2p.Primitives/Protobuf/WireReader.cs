using System.Runtime.CompilerServices;

namespace Libp2p;

/// <summary>Goes through the fields of a protobuf message in place, as strictly as Go's <c>protowire</c>.</summary>
/// <remarks>
/// Strangers send these bytes, and they are read before any signature is: so nothing is allocated, unknown fields are
/// passed over, and values are handed out as ranges. Why not Google.Protobuf: docs/adr/0007.
/// </remarks>
internal ref struct WireReader
{
    // Go's limit is 10,000, in recursion; nothing that libp2p sends has a group at all.
    private const int MaxGroupDepth = 100;

    // Within groups Go takes larger field numbers.
    private const ulong MaxNumber = (1 << 29) - 1;
    private const ulong MaxNumberInGroup = int.MaxValue;

    private const int MaxVarintLength = 10;

    private const string CutVarint = "a varint in a protobuf message is complete";
    private const string LargeVarint = "a varint in a protobuf message is below 2^64";
    private const string CutValue = "a value in a protobuf message is complete";
    private const string NumberRule = "a field of a protobuf message has a number from 1 to 2^29-1";
    private const string TypeRule = "a field of a protobuf message has a wire type from 0 to 5";
    private const string GroupRule = "the end of a group in a protobuf message belongs to the group begun last";
    private const string DepthRule = "groups in a protobuf message are at most 100 deep";

    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;

    /// <summary>Begins in front of the first field of a message.</summary>
    /// <param name="bytes">The outermost bytes.</param>
    /// <param name="message">Where among them the message stands.</param>
    public WireReader(ReadOnlySpan<byte> bytes, WireRange message)
    {
        _bytes = bytes[..message.End];
        _position = message.Start;
    }

    /// <summary>The number of the field.</summary>
    public uint Number { get; private set; }

    /// <summary>The form of its value.</summary>
    public WireType Type { get; private set; }

    /// <summary>Where the field begins.</summary>
    public int FieldStart { get; private set; }

    /// <summary>The value of a varint.</summary>
    public ulong Varint { get; private set; }

    /// <summary>Where the value of type <see cref="WireType.Bytes"/> stands, without its length.</summary>
    public WireRange Bytes { get; private set; }

    /// <summary>The rule that the bytes break, once <see cref="MoveNext"/> has said no; <c>default</c> at a good end.</summary>
    public DecodeError Error { get; private set; }

    /// <summary>Finds the last value of bytes of a field; an empty range where there is none, or the message is broken.</summary>
    public static WireRange FindLast(ReadOnlySpan<byte> bytes, WireRange message, uint number)
    {
        var found = default(WireRange);
        var reader = new WireReader(bytes, message);
        while (reader.MoveNext())
        {
            found = reader.Number == number && reader.Type == WireType.Bytes ? reader.Bytes : found;
        }

        return reader.Error == default ? found : default;
    }

    /// <summary>Goes to the next field and over its value.</summary>
    /// <returns>Whether there is one; if not, <see cref="Error"/> says whether the message is at its end.</returns>
    public bool MoveNext()
    {
        if (_position == _bytes.Length)
        {
            return false;
        }

        FieldStart = _position;
        var broken = ReadTag(MaxNumber, out var number, out var type);
        if (broken is null)
        {
            Number = number;
            Type = type;
            broken = type == WireType.StartGroup ? SkipGroup(number) : ReadValue(type);
        }

        Error = broken is null ? default : new DecodeError(broken, _position);
        return broken is null;
    }

    // Each of these moves behind what it reads, or stays where the bytes break the rule that it returns.
    private string? ReadTag(ulong maxNumber, out uint number, out WireType type)
    {
        var start = _position;
        var broken = ReadVarint(out var tag);
        number = (uint)(tag >> 3);
        type = (WireType)(tag & 7);
        if (broken is null && (tag >> 3 == 0 || tag >> 3 > maxNumber))
        {
            _position = start;
            broken = NumberRule;
        }

        return broken;
    }

    private string? ReadValue(WireType type)
    {
        switch (type)
        {
            case WireType.Varint:
                var broken = ReadVarint(out var value);
                Varint = value;
                return broken;
            case WireType.Fixed64:
                return Skip(sizeof(ulong));
            case WireType.Fixed32:
                return Skip(sizeof(uint));
            case WireType.Bytes:
                return ReadBytes();
            default:
                _position = FieldStart;
                return type == WireType.EndGroup ? GroupRule : TypeRule;
        }
    }

    private string? ReadBytes()
    {
        var start = _position;
        var broken = ReadVarint(out var length);
        if (broken is null && length > (ulong)(_bytes.Length - _position))
        {
            _position = start;
            return CutValue;
        }

        if (broken is null)
        {
            Bytes = new WireRange(_position, (int)length);
            _position += (int)length;
        }

        return broken;
    }

    private string? Skip(int length)
    {
        var isWhole = length <= _bytes.Length - _position;
        _position += isWhole ? length : 0;
        return isWhole ? null : CutValue;
    }

    [SkipLocalsInit]
    private string? SkipGroup(uint number)
    {
        Span<uint> open = stackalloc uint[MaxGroupDepth];
        open[0] = number;
        for (var depth = 1; depth > 0;)
        {
            var start = _position;
            var broken = ReadTag(MaxNumberInGroup, out var inner, out var type);
            if (broken is null && type == WireType.StartGroup)
            {
                broken = depth == MaxGroupDepth ? DepthRule : null;
                open[Math.Min(depth, MaxGroupDepth - 1)] = inner;
                depth++;
            }
            else if (broken is null && type == WireType.EndGroup)
            {
                broken = open[--depth] == inner ? null : GroupRule;
            }
            else if (broken is null)
            {
                FieldStart = start;
                broken = ReadValue(type);
                start = _position;
            }

            if (broken is not null)
            {
                _position = start;
                return broken;
            }
        }

        return null;
    }

    // Padded varints are good; of the tenth byte only the lowest bit has room.
    private string? ReadVarint(out ulong value)
    {
        value = 0;
        var rest = _bytes[_position..];
        for (var i = 0; i < rest.Length && i < MaxVarintLength; i++)
        {
            var b = rest[i];
            value |= (ulong)(b & 0x7F) << (7 * i);
            if (b < 0x80)
            {
                if (i == MaxVarintLength - 1 && b > 1)
                {
                    return LargeVarint;
                }

                _position += i + 1;
                return null;
            }
        }

        return rest.Length < MaxVarintLength ? CutVarint : LargeVarint;
    }
}

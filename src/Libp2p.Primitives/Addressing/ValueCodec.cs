namespace Libp2p;

/// <summary>The two forms of a protocol's value: bytes and text. The rules are those of go-multiaddr v0.16.0.</summary>
/// <remarks>
/// Text is UTF-8 throughout. A method that checks returns the rule that its input breaks and the byte of the input, or
/// null: rules are constants, so saying no to a stranger allocates nothing.
/// </remarks>
internal abstract class ValueCodec
{
    /// <summary>What a destination that is too small means: it has the size of the limit.</summary>
    protected const string TooManyBytes = MultiaddrRules.TooManyBytes;

    /// <summary>Writes the value that a text stands for.</summary>
    public abstract DecodeError? Parse(ReadOnlySpan<byte> text, Span<byte> destination, out int written);

    /// <summary>Checks a value in bytes. A value of fixed size has that size; one of variable size is not empty.</summary>
    public abstract DecodeError? Check(ReadOnlySpan<byte> value);

    /// <summary>The length of the longest text for a value of so many bytes.</summary>
    public abstract int MaxTextLength(int valueLength);

    /// <summary>Writes the text of a checked value; the destination has <see cref="MaxTextLength"/> bytes at least.</summary>
    public abstract int Format(ReadOnlySpan<byte> value, Span<byte> destination);

    /// <summary>Copies a value that is its own text.</summary>
    protected static DecodeError? Copy(ReadOnlySpan<byte> value, Span<byte> destination, out int written)
    {
        written = value.Length;
        return value.TryCopyTo(destination) ? null : new DecodeError(TooManyBytes, 0);
    }
}

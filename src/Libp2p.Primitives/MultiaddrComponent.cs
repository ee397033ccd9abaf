using System.Text;

namespace Libp2p;

/// <summary>One component of a multiaddr: a protocol and its value.</summary>
/// <remarks>
/// A view of the multiaddr's bytes that copies nothing. Two components are equal when their bytes are, wherever they stand.
/// <c>default</c> is no component: its protocol is <see langword="null"/>, its value and its text are empty. Immutable; safe
/// to share between threads.
/// </remarks>
public readonly struct MultiaddrComponent : IEquatable<MultiaddrComponent>
{
    private readonly byte[]? _array;
    private readonly int _start;
    private readonly int _valueStart;
    private readonly int _end;

    internal MultiaddrComponent(byte[] array, MultiaddrProtocol protocol, int start, int valueStart, int end)
    {
        _array = array;
        Protocol = protocol;
        _start = start;
        _valueStart = valueStart;
        _end = end;
    }

    /// <summary>The protocol; <see langword="null"/> of <c>default</c> only.</summary>
    public MultiaddrProtocol Protocol { get; }

    /// <summary>The value in bytes, without its length; empty if the protocol takes none.</summary>
    public ReadOnlySpan<byte> Value => _array.AsSpan(_valueStart.._end);

    /// <summary>The component in bytes: the protocol's code, the length where there is one, the value.</summary>
    internal ReadOnlySpan<byte> Bytes => _array.AsSpan(_start.._end);

    /// <summary>Where the component begins in the array that holds the multiaddr.</summary>
    internal int Start => _start;

    /// <summary>Where the component ends in the array that holds the multiaddr.</summary>
    internal int End => _end;

    /// <summary>Returns the value as text, for instance <c>4001</c> or <c>127.0.0.1</c>; empty if the protocol takes none.</summary>
    /// <remarks>Bytes that are not UTF-8 become U+FFFD.</remarks>
    public string GetValueText()
    {
        if (Protocol?.Codec is not { } codec)
        {
            return string.Empty;
        }

        using var buffer = new TextBuffer(stackalloc byte[TextBuffer.StackBytes], codec.MaxTextLength(Value.Length));
        return Encoding.UTF8.GetString(buffer.Span[..codec.Format(Value, buffer.Span)]);
    }

    /// <summary>Returns the component as text, for instance <c>/tcp/4001</c>.</summary>
    public override string ToString() => Multiaddr.FromTrusted(Bytes.ToArray()).ToString();

    /// <inheritdoc/>
    public bool Equals(MultiaddrComponent other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MultiaddrComponent other && Equals(other);

    /// <summary>Returns a hash code that differs from process to process.</summary>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Equal bytes.</summary>
    public static bool operator ==(MultiaddrComponent left, MultiaddrComponent right) => left.Equals(right);

    /// <summary>Different bytes.</summary>
    public static bool operator !=(MultiaddrComponent left, MultiaddrComponent right) => !left.Equals(right);
}

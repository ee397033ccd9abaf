using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace Libp2p;

/// <summary>A self-describing network address, such as <c>/ip4/192.0.2.1/udp/4001/quic-v1</c>.</summary>
/// <remarks>
/// <para>
/// What counts is the bytes: two addresses are equal when their bytes are, and text is made when it is asked for. The
/// rules are those of go-multiaddr v0.16.0, with the deviations that docs/adr/0002 lists.
/// </para>
/// <para><c>default</c> is the address without components: no host, an empty text. Immutable; safe to share between threads.</para>
/// </remarks>
[JsonConverter(typeof(MultiaddrJsonConverter))]
public readonly partial struct Multiaddr : IEquatable<Multiaddr>, IComparable<Multiaddr>, ISpanParsable<Multiaddr>, IUtf8SpanParsable<Multiaddr>, ISpanFormattable, IUtf8SpanFormattable
{
    // Never handed out, never written to while anybody holds the address. Several addresses may be parts of one array.
    private readonly byte[]? _array;
    private readonly int _start;
    private readonly int _length;

    private Multiaddr(byte[]? bytes)
        : this(bytes, start: 0, bytes?.Length ?? 0)
    {
    }

    private Multiaddr(byte[]? array, int start, int length) =>
        (_array, _start, _length) = length > 0 ? (array, start, length) : default;

    /// <summary>The address in bytes, as on the wire. Empty for <c>default</c>.</summary>
    public ReadOnlySpan<byte> Bytes => new(_array, _start, _length);

    /// <summary>Where in the array that holds it the address begins.</summary>
    internal int StartInArray => _start;

    /// <summary>Whether this is <c>default</c>: an address without components.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>The components, in order, to be enumerated without allocating.</summary>
    public MultiaddrComponents Components => new(_array, _start, _length);

    /// <inheritdoc/>
    public bool Equals(Multiaddr other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Multiaddr other && Equals(other);

    /// <summary>Returns a hash code that differs from process to process: addresses are chosen by others.</summary>
    public override int GetHashCode()
    {
        // The hash of strings is keyed (Marvin) and fast; the bytes need not be text for it.
        var pairs = MemoryMarshal.Cast<byte, char>(Bytes);
        var hash = string.GetHashCode(pairs, StringComparison.Ordinal);
        return Bytes.Length % 2 == 0 ? hash : HashCode.Combine(hash, Bytes[^1]);
    }

    /// <summary>Compares byte by byte.</summary>
    public int CompareTo(Multiaddr other) => Bytes.SequenceCompareTo(other.Bytes);

    /// <summary>Returns the canonical text; empty for <c>default</c>.</summary>
    /// <remarks>Bytes in a value that are not UTF-8 become U+FFFD; the UTF-8 form of <c>TryFormat</c> keeps them.</remarks>
    public override string ToString() => IsEmpty ? string.Empty : MultiaddrFormatter.ToText(Components);

    /// <summary>Returns the canonical text. There are no other formats; both arguments are ignored.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>Writes the canonical text. There are no other formats; <paramref name="format"/> and <paramref name="provider"/> are ignored.</summary>
    /// <remarks>Bytes in a value that are not UTF-8 become U+FFFD.</remarks>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        MultiaddrFormatter.TryWrite(Components, destination, out charsWritten);

    /// <summary>Writes the canonical text. There are no other formats; <paramref name="format"/> and <paramref name="provider"/> are ignored.</summary>
    /// <remarks>Bytes in a value that are not UTF-8 are written as they are, so that nothing is lost.</remarks>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        MultiaddrFormatter.TryWrite(Components, utf8Destination, out bytesWritten);

    /// <summary>Equal bytes.</summary>
    public static bool operator ==(Multiaddr left, Multiaddr right) => left.Equals(right);

    /// <summary>Different bytes.</summary>
    public static bool operator !=(Multiaddr left, Multiaddr right) => !left.Equals(right);
}

using System.Diagnostics.CodeAnalysis;

namespace Libp2p;

// From bytes and text of others.
public readonly partial struct Multiaddr
{
    /// <summary>Decodes bytes, within <see cref="DecodeLimits.Default"/>.</summary>
    /// <returns>Whether the bytes are a multiaddr of at least one component.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Multiaddr address) => TryDecode(bytes, DecodeLimits.Default, out address, out _);

    /// <summary>Decodes bytes.</summary>
    /// <returns>Whether the bytes are a multiaddr of at least one component; if not, <paramref name="error"/> says why.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="limits"/> is null.</exception>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, DecodeLimits limits, out Multiaddr address, out DecodeError error)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var valid = MultiaddrDecoder.TryCheck(bytes, limits, out error);
        address = valid ? new Multiaddr(bytes.ToArray()) : default;
        return valid;
    }

    /// <summary>Decodes bytes, within <see cref="DecodeLimits.Default"/>.</summary>
    /// <exception cref="FormatException">The bytes are not a multiaddr of at least one component.</exception>
    public static Multiaddr Decode(ReadOnlySpan<byte> bytes) =>
        TryDecode(bytes, DecodeLimits.Default, out var address, out var error) ? address : throw error.ToException("a multiaddr");

    /// <summary>Bytes that were checked before they were stored. The array is not copied: the caller gives it away.</summary>
    internal static Multiaddr FromTrusted(byte[] bytes) => new(bytes);

    /// <summary>Whether bytes are a multiaddr under limits.</summary>
    internal static bool IsValid(ReadOnlySpan<byte> bytes, DecodeLimits limits) => MultiaddrDecoder.TryCheck(bytes, limits, out _);

    /// <summary>
    /// An address that is part of an array. Whoever writes to that array later must be sure that nobody holds the address.
    /// </summary>
    internal static Multiaddr FromTrusted(byte[] array, int start, int length) => new(array, start, length);

    /// <summary>The same address in an array of its own.</summary>
    internal Multiaddr Detach() => new(Bytes.ToArray());

    /// <summary>Parses text, within <see cref="DecodeLimits.Default"/>.</summary>
    /// <exception cref="FormatException">The text is not a multiaddr.</exception>
    public static Multiaddr Parse(ReadOnlySpan<char> text) =>
        TryParse(text, DecodeLimits.Default, out var address, out var error) ? address : throw error.ToException("a multiaddr");

    /// <summary>Parses text, within <see cref="DecodeLimits.Default"/>.</summary>
    /// <returns>Whether the text is a multiaddr.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Multiaddr address) => TryParse(text, DecodeLimits.Default, out address, out _);

    /// <summary>Parses text.</summary>
    /// <returns>Whether the text is a multiaddr; if not, <paramref name="error"/> says why.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="limits"/> is null.</exception>
    public static bool TryParse(ReadOnlySpan<char> text, DecodeLimits limits, out Multiaddr address, out DecodeError error)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var valid = MultiaddrParser.TryParse(text, limits, out var bytes, out error);
        address = new Multiaddr(bytes);
        return valid;
    }

    /// <summary>Parses text in UTF-8; names may hold bytes that are not UTF-8, as <c>TryFormat</c> writes them.</summary>
    /// <returns>Whether the text is a multiaddr; if not, <paramref name="error"/> says why, with a position in bytes.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="limits"/> is null.</exception>
    public static bool TryParse(ReadOnlySpan<byte> utf8Text, DecodeLimits limits, out Multiaddr address, out DecodeError error)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var valid = MultiaddrParser.TryParse(utf8Text, limits, out var bytes, out error);
        address = new Multiaddr(bytes);
        return valid;
    }

    /// <inheritdoc/>
    public static Multiaddr Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Multiaddr result) => TryParse(s, out result);

    /// <inheritdoc/>
    public static Multiaddr Parse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider) =>
        TryParse(utf8Text, DecodeLimits.Default, out var address, out var error) ? address : throw error.ToException("a multiaddr");

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider, out Multiaddr result) =>
        TryParse(utf8Text, DecodeLimits.Default, out result, out _);

    /// <inheritdoc/>
    public static Multiaddr Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan());
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Multiaddr result) => TryParse(s.AsSpan(), out result);
}

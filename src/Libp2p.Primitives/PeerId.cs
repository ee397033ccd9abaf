using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Libp2p;

/// <summary>The name of a peer: the multihash of its public key.</summary>
/// <remarks>
/// <para>
/// Two peers are the same peer exactly when these bytes are equal; the text forms (base58, CIDv1) are spellings of one
/// value. <c>default</c> is the empty ID, which names nobody. Immutable; safe to share between threads.
/// </para>
/// <para>
/// As go-libp2p does, this takes any multihash, also those that no key has; unlike there, one of more than
/// <see cref="MaxLength"/> bytes is refused, which no peer can have. The bytes are held inline, in 48 bytes.
/// </para>
/// </remarks>
[JsonConverter(typeof(PeerIdJsonConverter))]
[StructLayout(LayoutKind.Sequential)]
public readonly struct PeerId : IEquatable<PeerId>, IComparable<PeerId>, ISpanParsable<PeerId>, IUtf8SpanParsable<PeerId>, ISpanFormattable, IUtf8SpanFormattable
{
    /// <summary>The longest peer ID, in bytes.</summary>
    public const int MaxLength = 47;

    // Keys of at most so many bytes are their own ID (libp2p's specification of peer IDs).
    private const int MaxInlineKey = 42;

    private readonly Words _words;

    private PeerId(ReadOnlySpan<byte> multihash)
    {
        var words = default(Words);
        var bytes = MemoryMarshal.AsBytes((Span<ulong>)words);
        multihash.CopyTo(bytes);
        bytes[MaxLength] = (byte)multihash.Length;
        _words = words;
    }

    /// <summary>The number of bytes; 0 for <c>default</c>.</summary>
    public int Length => Storage[MaxLength];

    /// <summary>Whether this is <c>default</c>.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The bytes of the multihash, in place; empty for <c>default</c>.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => Storage[..Length];

    // The multihash, zeros, and the length in the last byte.
    [UnscopedRef]
    private ReadOnlySpan<byte> Storage => MemoryMarshal.AsBytes((ReadOnlySpan<ulong>)_words);

    /// <summary>The ID that belongs to a key: the key itself if its protobuf form has at most 42 bytes, else the SHA-256 of that.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public static PeerId FromPublicKey(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var encoded = key.Encoded;
        Span<byte> multihash = stackalloc byte[2 + MaxInlineKey];
        if (encoded.Length <= MaxInlineKey)
        {
            multihash[0] = (byte)Multihash.Identity;
            multihash[1] = (byte)encoded.Length;
            encoded.CopyTo(multihash[2..]);
            return new PeerId(multihash[..(2 + encoded.Length)]);
        }

        multihash[0] = (byte)Multihash.Sha256;
        multihash[1] = SHA256.HashSizeInBytes;
        SHA256.HashData(encoded, multihash[2..]);
        return new PeerId(multihash[..(2 + SHA256.HashSizeInBytes)]);
    }

    /// <summary>Whether this is the ID of the key.</summary>
    /// <remarks>The SHA-256 of a key that is short enough to be its own ID does not match, as in go-libp2p.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public bool Matches(PublicKey key) => FromPublicKey(key) == this;

    /// <summary>The public key that the ID holds, if it holds one: those of Ed25519 and secp256k1 do.</summary>
    /// <returns>Whether the ID is the identity multihash of a key whose ID it is.</returns>
    public bool TryGetPublicKey([NotNullWhen(true)] out PublicKey? key)
    {
        if (Multihash.Check(Bytes, out var code, out var digest) is null
            && code == Multihash.Identity
            && PublicKey.TryDecode(digest, out key)
            && Matches(key))
        {
            return true;
        }

        key = null;
        return false;
    }

    /// <summary>Decodes the bytes of a multihash.</summary>
    /// <returns>Whether the bytes are a multihash of at most <see cref="MaxLength"/> bytes.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out PeerId peer) => TryDecode(bytes, out peer, out _);

    /// <summary>Decodes the bytes of a multihash.</summary>
    /// <returns>Whether the bytes are a multihash of at most <see cref="MaxLength"/> bytes; if not, <paramref name="error"/> says why.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out PeerId peer, out DecodeError error)
    {
        var broken = bytes.Length > MaxLength ? new DecodeError(PeerIdText.TooLong, MaxLength) : Multihash.Check(bytes, out _, out _);
        peer = broken is null ? new PeerId(bytes) : default;
        error = broken ?? default;
        return broken is null;
    }

    /// <summary>Decodes the bytes of a multihash.</summary>
    /// <exception cref="FormatException">The bytes are not a multihash of at most <see cref="MaxLength"/> bytes.</exception>
    public static PeerId Decode(ReadOnlySpan<byte> bytes) =>
        TryDecode(bytes, out var peer, out var error) ? peer : throw error.ToException("a peer ID");

    /// <summary>Parses base58, or a CIDv1 of a libp2p key in any <see cref="Multibase"/>.</summary>
    /// <remarks>Only what begins with <c>1</c> or <c>Qm</c> is taken for base58; see <see cref="ToString()"/>.</remarks>
    /// <exception cref="FormatException">The text is not a peer ID.</exception>
    public static PeerId Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var peer, out var error) ? peer : throw error.ToException("a peer ID");

    /// <summary>Parses base58, or a CIDv1 of a libp2p key in any <see cref="Multibase"/>.</summary>
    /// <returns>Whether the text is a peer ID.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out PeerId peer) => TryParse(text, out peer, out _);

    /// <summary>Parses base58, or a CIDv1 of a libp2p key in any <see cref="Multibase"/>.</summary>
    /// <returns>Whether the text is a peer ID; if not, <paramref name="error"/> says why.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out PeerId peer, out DecodeError error)
    {
        peer = default;
        if (text.Length > PeerIdText.MaxLength)
        {
            error = new(PeerIdText.TextTooLong, PeerIdText.MaxLength);
            return false;
        }

        // Lone surrogates become U+FFFD, which no encoding has.
        Span<byte> utf8 = stackalloc byte[3 * text.Length];
        _ = Utf8.FromUtf16(text, utf8, out _, out var length);
        utf8 = utf8[..length];
        if (TryParse(utf8, out peer, out error))
        {
            return true;
        }

        error = error with { Position = Encoding.UTF8.GetCharCount(utf8[..error.Position]) };
        return false;
    }

    /// <summary>Parses text in UTF-8: base58, or a CIDv1 of a libp2p key in any <see cref="Multibase"/>.</summary>
    /// <returns>Whether the text is a peer ID; if not, <paramref name="error"/> says why, with a position in bytes.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8Text, out PeerId peer, out DecodeError error)
    {
        Span<byte> multihash = stackalloc byte[MaxLength];
        var broken = PeerIdText.Read(utf8Text, multihash, out var length);
        peer = broken is null ? new PeerId(multihash[..length]) : default;
        error = broken ?? default;
        return broken is null;
    }

    /// <summary>Copies the bytes.</summary>
    /// <returns>The number of bytes.</returns>
    /// <exception cref="ArgumentException">The destination has fewer than <see cref="Length"/> bytes.</exception>
    public int CopyTo(Span<byte> destination)
    {
        Bytes.CopyTo(destination);
        return Length;
    }

    /// <summary>The bytes, in a new array.</summary>
    public byte[] ToArray() => Bytes.ToArray();

    /// <summary>The CIDv1 form in a multibase.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Not an encoding of <see cref="Multibase"/>, or <see cref="Multibase.None"/>.</exception>
    public string ToCid(Multibase encoding = Multibase.Base32)
    {
        if (IsEmpty)
        {
            throw new InvalidOperationException("The empty peer ID has no CID.");
        }

        Span<byte> cid = stackalloc byte[Cid.PrefixLength + MaxLength];
        return MultibaseCodec.Encode(encoding, cid[..Cid.WritePeer(Bytes, cid)]);
    }

    /// <inheritdoc/>
    public bool Equals(PeerId other)
    {
        // All in one go: branches cost more than the two or three words that they would save.
        ReadOnlySpan<ulong> a = _words;
        ReadOnlySpan<ulong> b = other._words;
        return ((a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3]) | (a[4] ^ b[4]) | (a[5] ^ b[5])) == 0;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PeerId other && Equals(other);

    /// <summary>Returns a hash code that differs from process to process and that no peer can choose.</summary>
    public override int GetHashCode() => PeerIdHash.Compute(_words);

    /// <summary>The hash code before it is folded to 32 bits.</summary>
    internal ulong GetHash64() => PeerIdHash.Compute64(_words);

    /// <summary>Compares byte by byte, as go-libp2p sorts peer IDs.</summary>
    public int CompareTo(PeerId other) => Bytes.SequenceCompareTo(other.Bytes);

    /// <summary>Returns the ID in base58, or an empty text for <c>default</c>.</summary>
    /// <remarks>
    /// The same as go-libp2p's <c>String()</c>. What is the identity or a SHA-256 of 32 bytes, so every ID that a key has,
    /// reads back; the base58 of other multihashes begins with neither <c>1</c> nor <c>Qm</c> and does not, as in go-libp2p.
    /// <see cref="ToCid"/> reads back always, and JSON uses it for those.
    /// </remarks>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[PeerIdText.MaxBase58Length];
        return Encoding.ASCII.GetString(text[..RadixBase.Base58.Encode(Bytes, text)]);
    }

    /// <summary>Returns the ID in base58. There are no other formats; both arguments are ignored.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>Writes the ID in base58. There are no other formats; <paramref name="format"/> and <paramref name="provider"/> are ignored.</summary>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        Span<byte> text = stackalloc byte[PeerIdText.MaxBase58Length];
        return Encoding.ASCII.TryGetChars(text[..RadixBase.Base58.Encode(Bytes, text)], destination, out charsWritten);
    }

    /// <summary>Writes the ID in base58. There are no other formats; <paramref name="format"/> and <paramref name="provider"/> are ignored.</summary>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        Span<byte> text = stackalloc byte[PeerIdText.MaxBase58Length];
        text = text[..RadixBase.Base58.Encode(Bytes, text)];
        var fits = text.TryCopyTo(utf8Destination);
        bytesWritten = fits ? text.Length : 0;
        return fits;
    }

    /// <inheritdoc/>
    public static PeerId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out PeerId result) => TryParse(s, out result);

    /// <inheritdoc/>
    public static PeerId Parse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider) =>
        TryParse(utf8Text, out var peer, out var error) ? peer : throw error.ToException("a peer ID");

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider, out PeerId result) => TryParse(utf8Text, out result, out _);

    /// <inheritdoc/>
    public static PeerId Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan());
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PeerId result) => TryParse(s.AsSpan(), out result);

    /// <summary>Equal bytes.</summary>
    public static bool operator ==(PeerId left, PeerId right) => left.Equals(right);

    /// <summary>Different bytes.</summary>
    public static bool operator !=(PeerId left, PeerId right) => !left.Equals(right);

    /// <summary>An ID from bytes that were checked before.</summary>
    internal static PeerId FromTrusted(ReadOnlySpan<byte> multihash) => new(multihash);

    [InlineArray(6)]
    private struct Words
    {
        private ulong _first;
    }
}

namespace Libp2p;

/// <summary>The multibase encodings in which go-libp2p writes and reads a CID.</summary>
/// <remarks>
/// The value is the Unicode code point of the prefix: of a letter or digit, and of 🚀 for <see cref="Base256Emoji"/>.
/// <c>default</c> (0) is the prefix of the identity encoding, raw bytes in a text, which is refused on purpose.
/// The names and prefixes are those of the multibase table, https://github.com/multiformats/multibase.
/// </remarks>
public enum Multibase
{
    /// <summary>Not an encoding that can be written or read here. The value of <c>default</c>.</summary>
    None = 0,

    /// <summary>Binary digits.</summary>
    Base2 = '0',

    /// <summary>Hexadecimal, written in lower case, read in any.</summary>
    Base16 = 'f',

    /// <summary>Hexadecimal, written in upper case, read in any.</summary>
    Base16Upper = 'F',

    /// <summary>Lower-case base32 without padding, the usual form; read in any case.</summary>
    Base32 = 'b',

    /// <summary>Upper-case base32 without padding; read in any case.</summary>
    Base32Upper = 'B',

    /// <summary>Lower-case base32 with padding; read in any case.</summary>
    Base32Pad = 'c',

    /// <summary>Upper-case base32 with padding; read in any case.</summary>
    Base32PadUpper = 'C',

    /// <summary>Lower-case base32 with the extended hexadecimal alphabet, without padding; read in any case.</summary>
    Base32Hex = 'v',

    /// <summary>Upper-case base32 with the extended hexadecimal alphabet, without padding; read in any case.</summary>
    Base32HexUpper = 'V',

    /// <summary>Lower-case base32 with the extended hexadecimal alphabet and padding; read in any case.</summary>
    Base32HexPad = 't',

    /// <summary>Upper-case base32 with the extended hexadecimal alphabet and padding; read in any case.</summary>
    Base32HexPadUpper = 'T',

    /// <summary>Base36, written in lower case, read in any; the form of names in DNS labels.</summary>
    Base36 = 'k',

    /// <summary>Base36, written in upper case, read in any.</summary>
    Base36Upper = 'K',

    /// <summary>Base58 with Bitcoin's alphabet.</summary>
    Base58Btc = 'z',

    /// <summary>Base58 with Flickr's alphabet.</summary>
    Base58Flickr = 'Z',

    /// <summary>Base64 without padding.</summary>
    Base64 = 'm',

    /// <summary>Base64 with padding.</summary>
    Base64Pad = 'M',

    /// <summary>Base64 with the alphabet for URLs, without padding.</summary>
    Base64Url = 'u',

    /// <summary>Base64 with the alphabet for URLs and padding.</summary>
    Base64UrlPad = 'U',

    /// <summary>One emoji for each byte. Its prefix 🚀 is a surrogate pair in UTF-16, hence the large value.</summary>
    Base256Emoji = 0x1F680,
}

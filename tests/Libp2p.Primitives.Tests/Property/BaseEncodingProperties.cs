using System.Text;
using SimpleBase;

namespace Libp2p.Tests;

/// <summary>Our encodings against a second opinion, on input where SimpleBase is right.</summary>
public sealed class BaseEncodingProperties
{
    [Fact]
    public void Base58_is_that_of_SimpleBase() => Seeded.Run(3_000, random =>
    {
        var bytes = random.Bytes(random.Next(1, 200));
        AssertSame(bytes, Multibase.Base58Btc, Base58.Bitcoin.Encode(bytes));
        AssertSame(bytes, Multibase.Base58Flickr, Base58.Flickr.Encode(bytes));
    });

    [Fact]
    public void Base36_is_that_of_SimpleBase() => Seeded.Run(3_000, random =>
    {
        var bytes = random.Bytes(random.Next(1, 200));
        AssertSame(bytes, Multibase.Base36, Base36.LowerCase.Encode(bytes));
        AssertSame(bytes, Multibase.Base36Upper, Base36.UpperCase.Encode(bytes));
    });

    [Fact]
    public void Base32_is_that_of_SimpleBase() => Seeded.Run(3_000, random =>
    {
        var bytes = random.Bytes(random.Next(200));
        AssertSame(bytes, Multibase.Base32Upper, Base32.Rfc4648.Encode(bytes, padding: false));
        AssertSame(bytes, Multibase.Base32PadUpper, Base32.Rfc4648.Encode(bytes, padding: true));
        AssertSame(bytes, Multibase.Base32HexUpper, Base32.ExtendedHex.Encode(bytes, padding: false));
        AssertSame(bytes, Multibase.Base32HexPadUpper, Base32.ExtendedHex.Encode(bytes, padding: true));
    });

    [Fact]
    public void Base64_and_base16_are_those_of_dotnet() => Seeded.Run(3_000, random =>
    {
        var bytes = random.Bytes(random.Next(200));
        AssertSame(bytes, Multibase.Base64Pad, Convert.ToBase64String(bytes));
        AssertSame(bytes, Multibase.Base64, Convert.ToBase64String(bytes).TrimEnd('='));
        AssertSame(bytes, Multibase.Base64Url, System.Buffers.Text.Base64Url.EncodeToString(bytes));
        AssertSame(bytes, Multibase.Base16, Convert.ToHexStringLower(bytes));
    });

    private static void AssertSame(byte[] bytes, Multibase encoding, string digits)
    {
        var text = (char)encoding + digits;
        Assert.Equal(text, MultibaseCodec.Encode(encoding, bytes));
        var decoded = new byte[bytes.Length];
        Assert.Null(MultibaseCodec.Decode(Encoding.UTF8.GetBytes(text), decoded, out var written));
        Assert.Equal(bytes, decoded[..written]);
    }
}

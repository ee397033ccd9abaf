using System.Text;

namespace Libp2p.Tests;

public sealed class MultiformatsTests
{
    [Theory]
    [InlineData("b", "")]
    [InlineData("bmy", "66")]
    [InlineData("bmz", "66")]
    [InlineData("bmyz", "")]
    [InlineData("bmzxw6", "666f6f")]
    [InlineData("bmzxw6yq", "666f6f62")]
    [InlineData("bmzxw6ytb", "666f6f6261")]
    [InlineData("bmzxw6ytbo", "666f6f6261")]
    [InlineData("bmzxw6ytbmzx", "666f6f6261")]
    [InlineData("bmzxw6ytbmzxw6y", "666f6f6261")]
    [InlineData("cmy======", "66")]
    [InlineData("cmz\nxw\r6===\n", "666f6f")]
    [InlineData("vco", "66")]
    [InlineData("tCO======", "66")]
    [InlineData("mZg", "66")]
    [InlineData("mZh", "66")]
    [InlineData("mZm9v", "666f6f")]
    [InlineData("MZg==", "66")]
    [InlineData("MZg=\n=\n", "66")]
    [InlineData("u-_-_", "fbffbf")]
    [InlineData("U-_8=", "fbff")]
    [InlineData("fAbCd", "abcd")]
    [InlineData("Fabcd", "abcd")]
    [InlineData("0101", "05")]
    [InlineData("0100000001", "0101")]
    [InlineData("z11", "0000")]
    [InlineData("z2", "01")]
    [InlineData("k0Z", "0023")]
    [InlineData("🚀🚀🪐", "0001")]
    public void Texts_are_read_as_go_reads_them(string text, string hex)
    {
        var bytes = new byte[64];
        Assert.Null(MultibaseCodec.Decode(Encoding.UTF8.GetBytes(text), bytes, out var written));
        Assert.Equal(hex, Convert.ToHexStringLower(bytes.AsSpan(0, written)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x00")]
    [InlineData("700")]
    [InlineData("é")]
    [InlineData("m1")]
    [InlineData("mZg==")]
    [InlineData("MZg")]
    [InlineData("MZg=")]
    [InlineData("MZg===")]
    [InlineData("MZ===")]
    [InlineData("MZm9v=")]
    [InlineData("MZg==Zg==")]
    [InlineData("u+/+/")]
    [InlineData("m-_-_")]
    [InlineData("cmy")]
    [InlineData("cmy=====")]
    [InlineData("cmy=======")]
    [InlineData("cm=======")]
    [InlineData("cmyx=====")]
    [InlineData("cmy======a")]
    [InlineData("bm1")]
    [InlineData("bm=")]
    [InlineData("vw")]
    [InlineData("f0")]
    [InlineData("f0g")]
    [InlineData("f\n00")]
    [InlineData("02")]
    [InlineData("0+0000001")]
    [InlineData("z")]
    [InlineData("z0")]
    [InlineData("zl")]
    [InlineData("zé")]
    [InlineData("k")]
    [InlineData("k-")]
    [InlineData("kK\u212A")]
    [InlineData("🚀x")]
    [InlineData("🚀☹\uFE0F")]
    public void Texts_that_go_refuses_are_refused(string text) =>
        Assert.NotNull(MultibaseCodec.Decode(Encoding.UTF8.GetBytes(text), new byte[64], out _));

    [Theory]
    [InlineData("f000102")]
    [InlineData("bmzxw6")]
    [InlineData("mZm9v")]
    [InlineData("z111")]
    [InlineData("z112")]
    [InlineData("k000")]
    [InlineData("0000000010000000100000001")]
    [InlineData("🚀🚀🪐🚀")]
    public void A_destination_that_is_too_small_is_said_to_be(string text)
    {
        Assert.Null(MultibaseCodec.Decode(Encoding.UTF8.GetBytes(text), new byte[3], out _));
        Assert.Equal(BaseRules.TooLong, MultibaseCodec.Decode(Encoding.UTF8.GetBytes(text), new byte[2], out _)?.Rule);
    }

    [Theory]
    [InlineData("0000", 0x00, "")]
    [InlineData("000109", 0x00, "09")]
    [InlineData("1303010203", 0x13, "010203")]
    [InlineData("d5010105", 0xD5, "05")]
    public void A_multihash_is_a_code_a_length_and_a_digest(string hex, ulong code, string digest)
    {
        Assert.Null(Multihash.Check(Convert.FromHexString(hex), out var actual, out var bytes));
        Assert.Equal((code, digest), (actual, Convert.ToHexStringLower(bytes)));
    }

    [Theory]
    [InlineData("0172", null)]
    [InlineData("017200", null)]
    [InlineData("", "a varint ends within the bytes")]
    [InlineData("01", "a varint ends within the bytes")]
    [InlineData("0072", "a peer ID in the form of a CID has CID version 1")]
    [InlineData("1220", "a peer ID in the form of a CID has CID version 1")]
    [InlineData("0170", "a peer ID in the form of a CID has the codec libp2p-key (0x72)")]
    [InlineData("01f200", "a varint has no more bytes than it needs")]
    public void A_cid_of_a_peer_has_version_1_and_the_codec_of_keys(string hex, string? rule) =>
        Assert.Equal(rule, Cid.ReadPeer(Convert.FromHexString(hex), out _)?.Rule);
}

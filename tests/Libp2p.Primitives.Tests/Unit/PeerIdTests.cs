using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Libp2p.Tests;

public sealed class PeerIdTests
{
    private const string Ed25519 = "12D3KooWLT7SBmmzQFvoabqGmPXtXbTU731K1maRSXhDaixggPw4";
    private const string Rsa = "QmSkPNi4rSpfqTbBkiVYCXTmRVcDpF15qnw9Q9J7F2HtFn";

    [Fact]
    public void A_peer_id_takes_48_bytes() => Assert.Equal(48, Unsafe.SizeOf<PeerId>());

    [Fact]
    public void The_default_is_empty_and_equal_only_to_itself()
    {
        Assert.True(default(PeerId).IsEmpty);
        Assert.Equal(0, default(PeerId).Length);
        Assert.Empty(default(PeerId).ToArray());
        Assert.Equal("", default(PeerId).ToString());
        Assert.Equal(default(PeerId), new PeerId());
        Assert.NotEqual(default, PeerId.Parse("11"));
        Assert.False(default(PeerId).TryGetPublicKey(out _));
        Assert.Throws<InvalidOperationException>(() => default(PeerId).ToCid());
    }

    [Fact]
    public void The_longest_id_has_47_bytes()
    {
        var longest = new byte[47];
        longest[1] = 45;
        longest[^1] = 0xFF;
        var peer = PeerId.Decode(longest);
        Assert.Equal(longest, peer.ToArray());
        Assert.Equal(peer, PeerId.Parse(peer.ToCid(Multibase.Base2)));

        var longer = new byte[48];
        longer[1] = 46;
        Assert.False(PeerId.TryDecode(longer, out _, out var error));
        Assert.Equal("a peer ID has at most 47 bytes", error.Rule);
        Assert.False(PeerId.TryParse(MultibaseCodec.Encode(Multibase.Base32, [1, 0x72, .. longer]), out _, out error));
        Assert.Equal("a peer ID has at most 47 bytes", error.Rule);
    }

    [Fact]
    public void Equal_ids_have_equal_hash_codes_and_similar_ids_have_others()
    {
        var bytes = new byte[34];
        bytes[0] = 0x12;
        bytes[1] = 0x20;
        var hashes = new HashSet<int>();
        for (var i = 2; i < bytes.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                bytes[i] ^= (byte)(1 << bit);
                Assert.Equal(PeerId.Decode(bytes).GetHashCode(), PeerId.Decode(bytes).GetHashCode());
                hashes.Add(PeerId.Decode(bytes).GetHashCode());
                bytes[i] ^= (byte)(1 << bit);
            }
        }

        Assert.InRange(hashes.Count, 254, 256);
    }

    [Fact]
    public void Ids_are_ordered_by_their_bytes()
    {
        var inOrder = new[] { default, PeerId.Parse("11"), PeerId.Parse("15a"), PeerId.Parse(Ed25519), PeerId.Parse(Rsa) };
        Assert.Equal(inOrder, inOrder.Reverse().Order());
        Assert.Equal(0, inOrder[3].CompareTo(PeerId.Parse(Ed25519)));
    }

    [Fact]
    public void Parse_names_the_rule_that_is_broken()
    {
        Assert.Contains("alphabet", Assert.Throws<FormatException>(() => PeerId.Parse("Qm0")).Message, StringComparison.Ordinal);
        Assert.Contains("longer", Assert.Throws<FormatException>(() => PeerId.Decode([0, 1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("empty", Assert.Throws<FormatException>(() => PeerId.Parse("")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => PeerId.Parse((string)null!));
        Assert.False(PeerId.TryParse((string?)null, null, out _));
    }

    [Fact]
    public void Formatting_needs_room_for_the_whole_text()
    {
        var peer = PeerId.Parse(Ed25519);
        var chars = new char[Ed25519.Length];
        Assert.True(peer.TryFormat(chars, out var written, default, null));
        Assert.Equal(Ed25519, new string(chars, 0, written));
        var utf8 = new byte[Ed25519.Length];
        Assert.True(peer.TryFormat(utf8, out written, default, null));
        Assert.Equal(Ed25519, Encoding.UTF8.GetString(utf8, 0, written));
        Assert.False(peer.TryFormat(chars.AsSpan(1), out written, default, null));
        Assert.Equal(0, written);
        Assert.False(peer.TryFormat(utf8.AsSpan(1), out written, default, null));
        Assert.Equal(0, written);
        Assert.Equal(Ed25519, $"{peer}");
    }

    [Fact]
    public void CopyTo_returns_the_length()
    {
        var destination = new byte[64];
        Assert.Equal(38, PeerId.Parse(Ed25519).CopyTo(destination));
        Assert.Equal(PeerId.Parse(Ed25519).ToArray(), destination[..38]);
        Assert.Throws<ArgumentException>(() => PeerId.Parse(Ed25519).CopyTo(new byte[37]));
    }

    [Fact]
    public void An_encoding_that_is_not_a_multibase_is_the_caller_s_mistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PeerId.Parse(Ed25519).ToCid(Multibase.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => PeerId.Parse(Ed25519).ToCid((Multibase)'x'));
    }

    [Fact]
    public void Json_holds_the_text_as_value_and_as_name_of_a_property()
    {
        var value = new Dictionary<PeerId, PeerId[]> { [PeerId.Parse(Ed25519)] = [PeerId.Parse(Rsa), default] };
        var json = JsonSerializer.Serialize(value);
        Assert.Equal($$"""{"{{Ed25519}}":["{{Rsa}}",""]}""", json);
        var back = JsonSerializer.Deserialize<Dictionary<PeerId, PeerId[]>>(json)!;
        Assert.Equal(value[PeerId.Parse(Ed25519)], back[PeerId.Parse(Ed25519)]);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<PeerId>("\"Qm\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<PeerId>("1"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<PeerId>("\"\\ud800\""));
    }

    [Theory]
    [InlineData("mAXIAJAgBEiCd/rMesXvYeiXAOUvs\n/vWEKlbpfUoCY6JEqjSPd+Ui/w\r\n", "line ends in base64")]
    [InlineData("bafzaajaiaejcbhp6wmplc66ypis4aokl\n5t7plbbkk3ux2sqcmorejkrur536kix7\n", "line ends in base32")]
    [InlineData("bafzaajaiaejcbhp6wmplc66ypis4aokl5t7plbbkk3ux2sqcmorejkrur536kix7a", "a last group of one digit")]
    public void Oddities_that_go_reads_are_read(string text, string why) => Assert.True(PeerId.Parse(text) == PeerId.Parse(Ed25519), why);

    [Theory]
    [InlineData("mAXIAJAgBEiCd/rMesXvYeiXAOUvs/vWEKlbpfUoCY6JEqjSPd+Ui/w==", "padding under the prefix of unpadded base64")]
    [InlineData("MAXIAJAgBEiCd/rMesXvYeiXAOUvs/vWEKlbpfUoCY6JEqjSPd+Ui/w", "missing padding")]
    [InlineData("MAXIAJAgBEiCd/rMesXvYeiXAOUvs/vWEKlbpfUoCY6JEqjSPd+Ui/w=", "half the padding")]
    [InlineData("MAXIAJAgBEiCd/rMesXvYeiXAOUvs/vWEKlbpfUoCY6JEqjSPd+Ui/w===", "too much padding")]
    [InlineData("MAXIAJAgBEiCd/rMesXvYeiXAOUvs/vWEKlbpfUoCY6JEqjSPd+Ui/w==A", "text behind the padding")]
    [InlineData("mAXIAJAgBEiCd/rMesXvYeiXAOUvs/vWEKlbpfUoCY6JEqjSPd+Ui/ wA", "a space")]
    [InlineData("f01720024080112209DFEB31EB17BD87A25C0394BECFEF5842A56E97D4A0263A244AA348F77E522FF\n", "a line end in base16")]
    [InlineData("bafzaajaiaejcbhp6wmplc66ypis4aokl5t7plbbkk3ux2sqcmorejkrur536kix7=", "padding in unpadded base32")]
    [InlineData("🚀🪐🥺🚀🥰🌔🪐💻x", "a letter among emoji")]
    [InlineData("🚀", "a prefix alone")]
    [InlineData("z", "the prefix of base58 alone")]
    [InlineData("k", "the prefix of base36 alone")]
    public void Broken_texts_are_refused(string text, string why) => Assert.False(PeerId.TryParse(text, out _), why);

    [Theory]
    [InlineData("11140beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33", "a sha1")]
    [InlineData("1202abcd", "a sha2-256 of two bytes")]
    public void An_id_whose_base58_does_not_read_back_is_a_cid_in_json(string hex, string about)
    {
        var peer = PeerId.Decode(Convert.FromHexString(hex));

        Assert.False(PeerId.TryParse(peer.ToString(), out _), about);
        Assert.Equal($"\"{peer.ToCid()}\"", JsonSerializer.Serialize(peer));
        Assert.Equal(peer, JsonSerializer.Deserialize<PeerId>(JsonSerializer.Serialize(peer)));
        var named = new Dictionary<PeerId, int> { [peer] = 1 };
        Assert.Equal(named, JsonSerializer.Deserialize<Dictionary<PeerId, int>>(JsonSerializer.Serialize(named)));
    }

    [Theory]
    [InlineData("Qm0", 2)]
    [InlineData("12D3KooWLT7SBmmzQFvoabqGmPXtXbTU731K1maRSXhDaixggPü4", 50)]
    [InlineData("bafzaajaiaejcbhp6wmplc66ypis4aokl5t7plbbkk3ux2sqcmorejkrur536k1x7", 62)]
    [InlineData("f0172002408011220_9DFE", 17)]
    [InlineData("mAXIAJAgBEiCd/rMesXvYeiXAOUvs/vWEKlbpfUoCY6JEqjSPd+Ui/ wA", 54)]
    [InlineData("k51qzi5uqu5dm!", 13)]
    [InlineData("0102", 3)]
    [InlineData("?", 0)]
    [InlineData("Qm", 0)]
    public void An_error_in_a_text_names_the_character(string text, int position)
    {
        Assert.False(PeerId.TryParse(text, out _, out var error));

        Assert.True(position == error.Position, $"{error}");
    }

    [Fact]
    public void Utf8_is_read_like_utf16()
    {
        Assert.Equal(PeerId.Parse(Rsa), PeerId.Parse(Encoding.UTF8.GetBytes(Rsa), provider: null));
        Assert.True(PeerId.TryParse(Encoding.UTF8.GetBytes(Ed25519), provider: null, out var peer));
        Assert.Equal(PeerId.Parse(Ed25519), peer);
        Assert.Throws<FormatException>(() => PeerId.Parse("Qm0"u8, provider: null));
        Assert.False(PeerId.TryParse("zü!"u8, out _, out var error));
        Assert.Equal(1, error.Position);
    }

    [Fact]
    public void A_lone_surrogate_is_no_text()
    {
        Assert.False(PeerId.TryParse("\ud83d", out _));
        Assert.False(PeerId.TryParse("Qm\ude80", out _));
    }

    [Fact]
    public void Base2_may_leave_out_zeros_in_front()
    {
        var peer = PeerId.Parse(Ed25519);
        var text = peer.ToCid(Multibase.Base2);
        Assert.StartsWith("00000000", text, StringComparison.Ordinal);
        Assert.Equal(peer, PeerId.Parse("0" + text[1..].TrimStart('0')));
    }
}

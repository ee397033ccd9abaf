using System.Text.Json;

namespace Libp2p.Tests;

public sealed class PeerIdVectors
{
    [Fact]
    public void Valid_ids_have_go_s_bytes_and_texts()
    {
        foreach (var item in ValueVectors.PeerIds.Items("valid"))
        {
            var bytes = item.Hex("bytes");
            if (bytes.Length > PeerId.MaxLength)
            {
                // No peer has an ID of more than 47 bytes: keys of more than 42 are hashed.
                Assert.False(PeerId.TryDecode(bytes, out _));
                continue;
            }

            var peer = PeerId.Decode(bytes);
            Assert.Equal(item.Text("bytes"), Convert.ToHexStringLower(peer.ToArray()));
            Assert.Equal(item.Text("base58"), peer.ToString());
            Assert.Equal(item.Text("cid"), peer.ToCid());
            Assert.Equal(peer, PeerId.Parse(item.Text("cid")));
            Assert.Equal(item.GetProperty("base58Decodes").GetBoolean(), PeerId.TryParse(item.Text("base58"), out var parsed));
            Assert.True(parsed.IsEmpty || parsed == peer);
        }
    }

    [Fact]
    public void Valid_ids_are_written_and_read_in_every_multibase()
    {
        var seen = new HashSet<Multibase>();
        foreach (var item in ValueVectors.PeerIds.Items("valid"))
        {
            if (!item.TryGetProperty("cids", out var cids))
            {
                continue;
            }

            var peer = PeerId.Decode(item.Hex("bytes"));
            foreach (var cid in cids.EnumerateObject())
            {
                var encoding = EncodingOf(cid.Name);
                Assert.Equal(cid.Value.GetString(), peer.ToCid(encoding));
                Assert.Equal(peer, PeerId.Parse(cid.Value.GetString()!));
                seen.Add(encoding);
            }
        }

        Assert.NotEmpty(seen);
    }

    [Fact]
    public void Valid_texts_are_read()
    {
        foreach (var item in ValueVectors.PeerIds.Items("validStrings"))
        {
            var text = item.Text("string");
            if (text.StartsWith('\0'))
            {
                // The identity multibase is raw bytes in a text; it does not survive Unicode and is refused on purpose.
                Assert.False(PeerId.TryParse(text, out _));
                continue;
            }

            var peer = PeerId.Parse(text);
            Assert.Equal(item.Text("base58"), peer.ToString());
            Assert.Equal(item.Text("bytes"), Convert.ToHexStringLower(peer.Bytes));
        }
    }

    [Fact]
    public void Valid_bytes_are_read()
    {
        foreach (var item in ValueVectors.PeerIds.Items("validBytes"))
        {
            Assert.Equal(item.Text("base58"), PeerId.Decode(item.Hex("bytes")).ToString());
        }
    }

    [Fact]
    public void Invalid_texts_are_refused_with_a_rule() => AssertAll("invalidStrings", item =>
        !PeerId.TryParse(item.Text("string"), out var peer, out var error) && peer.IsEmpty && error.Rule is not null);

    [Fact]
    public void Invalid_bytes_are_refused_with_a_rule() => AssertAll("invalidBytes", item =>
        !PeerId.TryDecode(item.Hex("bytes"), out var peer, out var error) && peer.IsEmpty && error.Rule is not null);

    private static void AssertAll(string list, Predicate<JsonElement> holds)
    {
        foreach (var item in ValueVectors.PeerIds.Items(list))
        {
            Assert.True(holds(item), item.Text("about"));
        }
    }

    // The document spells the names as the multibase table does: base32hexpad, base58btc.
    private static Multibase EncodingOf(string name) => Enum.Parse<Multibase>(name, ignoreCase: true);
}

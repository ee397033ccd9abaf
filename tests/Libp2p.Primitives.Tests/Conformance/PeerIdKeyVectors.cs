namespace Libp2p.Tests;

public sealed class PeerIdKeyVectors
{
    [Fact]
    public void The_id_of_a_key_is_go_s_and_matches_it()
    {
        var count = 0;
        foreach (var item in ValueVectors.PeerIds.Items("valid").Where(i => i.TryGetProperty("publicKey", out _)))
        {
            var key = PublicKey.Decode(Convert.FromBase64String(item.Text("publicKey")));
            var peer = PeerId.Decode(item.Hex("bytes"));
            if (item.TryGetProperty("keyType", out _))
            {
                Assert.Equal(peer, PeerId.FromPublicKey(key));
            }

            Assert.Equal(peer == PeerId.FromPublicKey(key), peer.Matches(key));
            count++;
        }

        Assert.NotEqual(0, count);
    }

    [Fact]
    public void The_key_in_an_id_is_go_s_if_the_id_is_that_of_the_key()
    {
        foreach (var item in ValueVectors.PeerIds.Items("valid"))
        {
            var peer = PeerId.Decode(item.Hex("bytes"));
            var found = peer.TryGetPublicKey(out var key);
            Assert.Equal(item.TryGetProperty("extractedPublicKey", out var extracted), found);
            Assert.Equal(found ? extracted.GetString() : null, key is null ? null : Convert.ToBase64String(key.Encoded));
        }
    }

    [Fact]
    public void No_key_is_the_caller_s_mistake()
    {
        Assert.Throws<ArgumentNullException>(() => PeerId.FromPublicKey(null!));
        Assert.Throws<ArgumentNullException>(() => default(PeerId).Matches(null!));
    }
}

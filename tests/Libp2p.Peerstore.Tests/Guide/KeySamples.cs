namespace Libp2p.Peerstore.Tests;

public class KeySamples
{
    [Fact]
    public async Task Storing_and_asking()
    {
        await using var store = MemoryPeerstore.Create();
        #region keys-own
        var own = PrivateKey.Generate(KeyType.Ed25519);
        var self = PeerId.FromPublicKey(own.PublicKey);
        await store.Keys.AddPrivateKeyAsync(self, own);

        var signingKey = await store.Keys.GetPrivateKeyAsync(self);
        #endregion

        Assert.Equal(own.Encode(), signingKey!.Encode());
        var rsa = Sample.NewKey(KeyType.Rsa).PublicKey;
        var (peer, keyFromHandshake) = (PeerId.FromPublicKey(rsa), rsa);
        #region keys-public
        // The ID of an Ed25519 peer holds its key; that of an RSA peer only the key's hash.
        var known = await store.Keys.GetPublicKeyAsync(peer);
        if (known is null)
        {
            await store.Keys.AddPublicKeyAsync(peer, keyFromHandshake); // Throws if the key is not this peer's.
        }
        #endregion

        Assert.Equal(rsa, await store.Keys.GetPublicKeyAsync(peer));
    }
}

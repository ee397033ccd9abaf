using static Libp2p.Peerstore.Testing.Given;

namespace Libp2p.Peerstore.Testing;

/// <summary>Public and private keys.</summary>
internal static class KeyChecks
{
    private const string Adding = "AddPubKey stores the public key of a peer.";

    public static CheckList All { get; } = new()
    {
        { "PubKey returns the public key of a peer.", A_public_key_that_a_peer_id_holds_is_answered_without_being_stored },
        { Adding, A_public_key_is_stored },
        { "AddPrivKey stores the private key of a peer.", A_private_key_is_stored_without_its_public_half },
        { "PrivKey returns the private key of a peer, if known.", A_private_key_that_is_not_known_is_not_answered },
        { Adding, A_key_of_another_peer_is_an_error },
        { "PeersWithKeys returns all the peer IDs stored in the KeyBook.", Peers_with_keys_are_those_of_which_a_key_was_stored },
        { "RemovePeer removes all keys associated with a peer.", Removing_keys_leaves_the_other_books_and_peers },
    };

    private static async Task A_public_key_that_a_peer_id_holds_is_answered_without_being_stored(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var key = Key();
        var peer = PeerId.FromPublicKey(key.PublicKey);
        Expect.Equal(key.PublicKey, await s.Keys.GetPublicKeyAsync(peer));
        Expect.None(await StoreUnderTest.ToSetAsync(s.Keys.GetPeersAsync()));
        Expect.None(await s.PeersAsync());
        Expect.Equal(null, await s.Keys.GetPublicKeyAsync(PeerId.FromPublicKey(Key(KeyType.Rsa).PublicKey)));
        Expect.Equal(null, await s.Keys.GetPublicKeyAsync(default));
    }

    private static async Task A_public_key_is_stored(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        foreach (var type in (KeyType[])[KeyType.Ed25519, KeyType.Secp256k1, KeyType.Ecdsa, KeyType.Rsa])
        {
            var key = Key(type);
            var peer = PeerId.FromPublicKey(key.PublicKey);
            Expect.Equal(BookOutcome.Stored, await s.Keys.AddPublicKeyAsync(peer, key.PublicKey));
            Expect.Equal(key.PublicKey, await s.Keys.GetPublicKeyAsync(peer));
            Expect.Equal(null, await s.Keys.GetPrivateKeyAsync(peer));
        }
    }

    private static async Task A_private_key_is_stored_without_its_public_half(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var key = Key(KeyType.Rsa);
        var peer = PeerId.FromPublicKey(key.PublicKey);
        Expect.Equal(BookOutcome.Stored, await s.Keys.AddPrivateKeyAsync(peer, key));
        Expect.Bytes(key.Encode(), (await Expect.FoundAsync(s.Keys.GetPrivateKeyAsync(peer))).Encode());
        Expect.Equal(null, await s.Keys.GetPublicKeyAsync(peer));
    }

    private static async Task A_private_key_that_is_not_known_is_not_answered(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        Expect.Equal(null, await s.Keys.GetPrivateKeyAsync(Peer()));
        Expect.Equal(null, await s.Keys.GetPrivateKeyAsync(default));
    }

    private static async Task A_key_of_another_peer_is_an_error(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var (peer, other) = (Peer(), Key());
        await Expect.ThrowsAsync<ArgumentException>(async () => await s.Keys.AddPublicKeyAsync(peer, other.PublicKey));
        await Expect.ThrowsAsync<ArgumentException>(async () => await s.Keys.AddPrivateKeyAsync(peer, other));
        await Expect.ThrowsAsync<ArgumentException>(async () => await s.Keys.AddPublicKeyAsync(default, other.PublicKey));
        await Expect.ThrowsAsync<ArgumentNullException>(async () => await s.Keys.AddPublicKeyAsync(peer, null!));
        await Expect.ThrowsAsync<ArgumentNullException>(async () => await s.Keys.AddPrivateKeyAsync(peer, null!));
        Expect.None(await s.PeersAsync());
    }

    private static async Task Peers_with_keys_are_those_of_which_a_key_was_stored(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        PrivateKey[] keys = [Key(), Key(KeyType.Rsa), Key()];
        PeerId[] peers = [.. keys.Select(static key => PeerId.FromPublicKey(key.PublicKey))];
        await s.Keys.AddPublicKeyAsync(peers[0], keys[0].PublicKey);
        await s.Keys.AddPrivateKeyAsync(peers[0], keys[0]);
        await s.Keys.AddPrivateKeyAsync(peers[1], keys[1]);
        await s.AddAsync(peers[2], Hour, Tcp);
        Expect.Set(peers[..2], await StoreUnderTest.ToSetAsync(s.Keys.GetPeersAsync()));
    }

    private static async Task Removing_keys_leaves_the_other_books_and_peers(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var (key, other) = (Key(KeyType.Rsa), Key(KeyType.Rsa));
        var (peer, kept) = (PeerId.FromPublicKey(key.PublicKey), PeerId.FromPublicKey(other.PublicKey));
        await s.Keys.AddPublicKeyAsync(peer, key.PublicKey);
        await s.Keys.AddPrivateKeyAsync(peer, key);
        await s.Keys.AddPublicKeyAsync(kept, other.PublicKey);
        await s.Protocols.SetAsync(peer, ["/a"]);
        await s.Keys.RemovePeerAsync(peer);
        await s.Keys.RemovePeerAsync(Peer());
        Expect.Equal(null, await s.Keys.GetPublicKeyAsync(peer));
        Expect.Equal(null, await s.Keys.GetPrivateKeyAsync(peer));
        Expect.Equal(other.PublicKey, await s.Keys.GetPublicKeyAsync(kept));
        Expect.Set([peer, kept], await s.PeersAsync());
    }
}

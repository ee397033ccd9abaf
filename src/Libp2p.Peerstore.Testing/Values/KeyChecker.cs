using System.Text.Json;

namespace Libp2p.Peerstore.Testing;

/// <summary>Checks a document of keys and signatures.</summary>
internal static class KeyChecker
{
    public static void Run(JsonElement document, CheckLog log, CancellationToken cancellationToken)
    {
        ValueLists.Check(document, "keys", log, CheckPair, cancellationToken);
        ValueLists.Check(document, "publicKeyBytes", log, CheckPublic, cancellationToken);
        ValueLists.Check(document, "privateKeyBytes", log, CheckPrivate, cancellationToken);
        ValueLists.Check(document, "signatures", log, CheckSignature, cancellationToken);
    }

    private static void CheckPair(JsonElement item, ItemCheck check)
    {
        var publicBytes = item.Base64("publicKey");
        var privateBytes = item.Base64("privateKey");
        if (!check.Taken("publicKey", wanted: true, PublicKey.TryDecode(publicBytes, out var publicKey))
            || !check.Taken("privateKey", wanted: true, PrivateKey.TryDecode(privateBytes, out var privateKey)))
        {
            return;
        }

        check.Equal("publicKey written", publicBytes, publicKey!.Encoded);
        check.Equal("rawPublic", item.Base64("rawPublic"), publicKey.Raw);
        check.Equal("privateKey written", privateBytes, privateKey!.Encode());
        check.Equal("rawPrivate", item.Base64("rawPrivate"), WireFields.Bytes(privateKey.Encode(), WireFields.KeyData));
        check.Equal("public half", publicBytes, privateKey.PublicKey.Encoded);
        CheckIdentity(item, check, publicKey);
        CheckSigning(item, check, privateKey, publicKey);
    }

    private static void CheckIdentity(JsonElement item, ItemCheck check, PublicKey key)
    {
        check.Equal("type", item.Text("type").ToUpperInvariant(), key.Type.ToString().ToUpperInvariant());
        check.Equal("peerId", item.Text("peerId"), PeerId.FromPublicKey(key).ToString());
        if (item.Optional("peerIdCid") is not null)
        {
            check.Equal("peerIdCid", item.Text("peerIdCid"), PeerId.FromPublicKey(key).ToCid());
        }
    }

    private static void CheckSigning(JsonElement item, ItemCheck check, PrivateKey privateKey, PublicKey publicKey)
    {
        var message = item.Base64("message");
        var signature = item.Base64("signature");
        check.Equal("signature holds", wanted: true, publicKey.Verify(message, signature));

        var own = privateKey.Sign(message);
        check.Equal("own signature holds", wanted: true, publicKey.Verify(message, own));
        if (!item.Flag("deterministicSignature"))
        {
            return;
        }

        // A provider of secp256k1 may draw its nonces by lot; one that does not has to draw RFC 6979's.
        var drawsByLot = privateKey.Type == KeyType.Secp256k1 && !own.AsSpan().SequenceEqual(privateKey.Sign(message));
        if (!drawsByLot)
        {
            check.Equal("own signature", signature, own);
        }
    }

    private static void CheckPublic(JsonElement item, ItemCheck check)
    {
        if (!check.Taken("bytes", item.Flag("valid"), PublicKey.TryDecode(item.Base64("bytes"), out var key)))
        {
            return;
        }

        check.Equal("canonical", item.Base64("canonical"), key!.Encoded);
        CheckIdentity(item, check, key);
    }

    private static void CheckPrivate(JsonElement item, ItemCheck check)
    {
        var bytes = item.Base64("bytes");
        if (!check.Taken("bytes", item.Flag("valid"), PrivateKey.TryDecode(bytes, out var key), KeyRules.ForPrivate(bytes)))
        {
            return;
        }

        check.Equal("canonical", item.Base64("canonical"), key!.Encode());
        check.Equal("publicKey", item.Base64("publicKey"), key.PublicKey.Encoded);
        CheckIdentity(item, check, key.PublicKey);
    }

    private static void CheckSignature(JsonElement item, ItemCheck check)
    {
        var keyBytes = item.Base64("publicKey");
        var signature = item.Base64("signature");
        var holds = PublicKey.TryDecode(keyBytes, out var key) && key.Verify(item.Base64("message"), signature);
        _ = check.Taken("signature", item.Flag("valid"), holds, KeyRules.ForSignature(keyBytes, signature));
    }
}

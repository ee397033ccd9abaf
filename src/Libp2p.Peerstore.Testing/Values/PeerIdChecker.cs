using System.Text.Json;

namespace Libp2p.Peerstore.Testing;

/// <summary>Checks a document of peer IDs.</summary>
internal static class PeerIdChecker
{
    public static void Run(JsonElement document, CheckLog log, CancellationToken cancellationToken)
    {
        ValueLists.Check(document, "valid", log, CheckValid, cancellationToken);
        ValueLists.Check(document, "validStrings", log, CheckText, cancellationToken);
        ValueLists.Check(document, "validBytes", log, CheckBytes, cancellationToken);
        ValueLists.Check(document, "invalidStrings", log, CheckBadText, cancellationToken);
        ValueLists.Check(document, "invalidBytes", log, CheckBadBytes, cancellationToken);
    }

    private static void CheckValid(JsonElement item, ItemCheck check)
    {
        if (!check.Taken("bytes", wanted: true, PeerId.TryDecode(item.Hex("bytes"), out var peer)))
        {
            return;
        }

        CheckBase58(item, check, peer);
        CheckCids(item, check, peer);
        CheckKey(item, check, peer);
    }

    private static void CheckBase58(JsonElement item, ItemCheck check, PeerId peer)
    {
        var base58 = item.Text("base58");
        check.Equal("bytes", item.Hex("bytes"), peer.ToArray());
        check.Equal("base58", base58, peer.ToString());
        var decodes = item.Flag("base58Decodes", absent: true);
        if (check.Taken("base58", decodes, PeerId.TryParse(base58, out var parsed)))
        {
            check.Equal("base58 read back", Answer.Of(peer.ToArray()), Answer.Of(parsed.ToArray()));
        }
    }

    private static void CheckCids(JsonElement item, ItemCheck check, PeerId peer)
    {
        check.Equal("cid", item.Text("cid"), peer.ToCid());
        if (item.Optional("cids") is not { ValueKind: JsonValueKind.Object } cids)
        {
            return;
        }

        foreach (var cid in cids.EnumerateObject())
        {
            var text = cid.Value.AsText(cid.Name);
            if (check.Taken(cid.Name, wanted: true, PeerId.TryParse(text, out var parsed)))
            {
                check.Equal($"{cid.Name} read back", peer.ToArray(), parsed.ToArray());
            }

            var encoding = PrefixOf(text);
            check.Equal(cid.Name, text, Enum.IsDefined(encoding) ? peer.ToCid(encoding) : "no such multibase");
        }
    }

    private static void CheckKey(JsonElement item, ItemCheck check, PeerId peer)
    {
        var holdsKey = peer.TryGetPublicKey(out var held);
        check.Equal("embedsPublicKey", item.Flag("embedsPublicKey"), holdsKey);
        if (item.Optional("extractedPublicKey") is not null)
        {
            check.Equal("extractedPublicKey", item.Base64("extractedPublicKey"), held is null ? [] : held.Encoded);
        }

        if (item.Optional("publicKey") is null)
        {
            return;
        }

        if (!check.Taken("publicKey", wanted: true, PublicKey.TryDecode(item.Base64("publicKey"), out var key)))
        {
            return;
        }

        check.Equal("keyType", item.Text("keyType").ToUpperInvariant(), key!.Type.ToString().ToUpperInvariant());
        check.Equal("peer ID of the key", peer.ToString(), PeerId.FromPublicKey(key).ToString());
        check.Equal("Matches", wanted: true, peer.Matches(key));
    }

    private static void CheckText(JsonElement item, ItemCheck check)
    {
        var text = item.Text("string");
        var refusal = text.StartsWith('\0') ? SkipRules.IdentityMultibase : null;
        if (!check.Taken("string", wanted: true, PeerId.TryParse(text, out var peer), refusal))
        {
            return;
        }

        check.Equal("bytes", item.Hex("bytes"), peer.ToArray());
        check.Equal("base58", item.Text("base58"), peer.ToString());
    }

    private static void CheckBytes(JsonElement item, ItemCheck check)
    {
        if (!check.Taken("bytes", wanted: true, PeerId.TryDecode(item.Hex("bytes"), out var peer)))
        {
            return;
        }

        check.Equal("bytes", item.Hex("bytes"), peer.ToArray());
        check.Equal("base58", item.Text("base58"), peer.ToString());
    }

    private static void CheckBadText(JsonElement item, ItemCheck check) =>
        check.Taken("string", wanted: false, PeerId.TryParse(item.Text("string"), out _));

    private static void CheckBadBytes(JsonElement item, ItemCheck check) =>
        check.Taken("bytes", wanted: false, PeerId.TryDecode(item.Hex("bytes"), out _));

    // The value of each Multibase is the code point of its prefix.
    private static Multibase PrefixOf(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            return (Multibase)rune.Value;
        }

        return Multibase.None;
    }
}

using System.Text.Json;

namespace Libp2p.Peerstore.Testing;

/// <summary>Tells what a document is from the members that only its kind has.</summary>
internal static class DocumentKinds
{
    public static ConformanceDocumentKind Recognise(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return ConformanceDocumentKind.Unknown;
        }

        if (HasList(root, "steps"))
        {
            return ConformanceDocumentKind.Scenario;
        }

        if (HasList(root, "envelopes"))
        {
            return ConformanceDocumentKind.Envelopes;
        }

        if (HasList(root, "keys") || HasList(root, "publicKeyBytes") || HasList(root, "privateKeyBytes")
            || HasList(root, "signatures"))
        {
            return ConformanceDocumentKind.Keys;
        }

        return RecogniseTexts(root);
    }

    // Peer IDs and multiaddrs share the names of their lists; their good items do not share the names of their forms.
    private static ConformanceDocumentKind RecogniseTexts(JsonElement root)
    {
        if (HasList(root, "protocols"))
        {
            return ConformanceDocumentKind.Multiaddrs;
        }

        if (HasList(root, "validStrings"))
        {
            return ConformanceDocumentKind.PeerIds;
        }

        foreach (var list in (ReadOnlySpan<string>)["valid", "validBytes"])
        {
            if (!HasList(root, list))
            {
                continue;
            }

            foreach (var item in root.GetProperty(list).EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.Object)
                {
                    continue;
                }

                if (item.TryGetProperty("base58", out _))
                {
                    return ConformanceDocumentKind.PeerIds;
                }

                if (item.TryGetProperty("canonical", out _))
                {
                    return ConformanceDocumentKind.Multiaddrs;
                }
            }
        }

        return ConformanceDocumentKind.Unknown;
    }

    private static bool HasList(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array;
}

using System.Globalization;
using System.Text;
using Libp2p;
using Libp2p.Peerstore;

namespace Peerstore.CrashHarness;

/// <summary>All that a store answers of its peers, as texts that can be compared.</summary>
internal static class StoreImage
{
    /// <summary>The names of metadata that <see cref="ReadAsync(IPeerstore, PeerId)"/> asks for: a text, and bytes.</summary>
    public const string TextKey = "text";

    public const string BytesKey = "bytes";

    /// <summary>Reads all peers that there are.</summary>
    public static async Task<Dictionary<PeerId, string>> ReadAsync(IPeerstore store)
    {
        var peers = new HashSet<PeerId>();
        await foreach (var peer in store.GetPeersAsync())
        {
            peers.Add(peer);
        }

        // Keys are there without a peer being listed for its addresses.
        await foreach (var peer in store.Keys.GetPeersAsync())
        {
            peers.Add(peer);
        }

        var images = new Dictionary<PeerId, string>();
        foreach (var peer in peers)
        {
            images.Add(peer, await ReadAsync(store, peer));
        }

        return images;
    }

    /// <summary>Reads one; what nothing is known of has a text, too.</summary>
    public static async Task<string> ReadAsync(IPeerstore store, PeerId peer)
    {
        var text = new StringBuilder();
        var snapshot = await store.GetSnapshotAsync(peer);
        foreach (var address in snapshot.Addresses.OrderBy(static one => one.Address.ToString(), StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{address.Address} {address.Ttl.Ticks} {address.Expires.UtcTicks} {address.Source}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"record {(snapshot.Record is { } record ? Convert.ToHexString(record.Bytes.Span) : "")}\n");
        text.Append(CultureInfo.InvariantCulture, $"public {(snapshot.PublicKey is { } key ? Convert.ToHexString(key.Encoded) : "")}\n");
        var secret = await store.Keys.GetPrivateKeyAsync(peer);
        text.Append(CultureInfo.InvariantCulture, $"private {(secret is null ? "" : Convert.ToHexString(secret.Encode()))}\n");
        text.Append(CultureInfo.InvariantCulture, $"protocols {string.Join(' ', snapshot.Protocols)}\n");
        text.Append(CultureInfo.InvariantCulture, $"metadata {string.Join(' ', snapshot.MetadataKeys)}\n");
        foreach (var name in snapshot.MetadataKeys)
        {
            text.Append(name is BytesKey
                ? Convert.ToHexString((await store.Metadata.TryGetAsync<byte[]>(peer, name)).Value ?? [])
                : (await store.Metadata.TryGetAsync<string>(peer, name)).Value);
            text.Append('\n');
        }

        return text.Append(CultureInfo.InvariantCulture, $"latency {snapshot.Latency?.Ticks}").ToString();
    }
}

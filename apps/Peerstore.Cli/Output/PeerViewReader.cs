using Libp2p;
using Libp2p.Peerstore;

namespace Peerstore.Cli.Output;

/// <summary>Asks a store for all it knows of a peer.</summary>
/// <param name="store">The store.</param>
/// <param name="limits">The decode limits of the store.</param>
internal sealed class PeerViewReader(IPeerstore store, DecodeLimits limits)
{
    /// <summary>Asks.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="cancellationToken">Cancels between questions.</param>
    public async Task<PeerView> ReadAsync(PeerId peer, CancellationToken cancellationToken)
    {
        var key = await store.Keys.GetPublicKeyAsync(peer, cancellationToken);
        var latency = await store.Metrics.GetLatencyAsync(peer, cancellationToken);
        var addresses = await store.Addresses.GetDetailsAsync(peer, cancellationToken);
        return new PeerView
        {
            Peer = peer.ToString(),
            KeyType = key?.Type.ToString(),
            PublicKey = key?.Encoded.ToArray(),
            Addresses = [.. addresses.Select(AddressView.From)],
            Record = await ReadRecordAsync(peer, cancellationToken),
            Protocols = await store.Protocols.GetAsync(peer, cancellationToken),
            Metadata = await ReadMetadataAsync(peer, cancellationToken),
            LatencyMilliseconds = latency?.TotalMilliseconds,
        };
    }

    private async Task<RecordView?> ReadRecordAsync(PeerId peer, CancellationToken cancellationToken)
    {
        if (!store.Addresses.TryGetCertified(out var certified))
        {
            return null;
        }

        var envelope = await certified.GetRecordAsync(peer, cancellationToken);
        if (envelope is null)
        {
            return null;
        }

        var outcome = PeerRecord.TryRead(envelope, limits, out var record, out _);
        if (outcome != EnvelopeOutcome.Opened)
        {
            return null;
        }

        string[] addresses = [.. record!.Addresses.Select(address => address.ToString())];
        return new RecordView($"{record.Sequence}", addresses, envelope.Bytes.ToArray());
    }

    private async Task<SortedDictionary<string, string?>> ReadMetadataAsync(
        PeerId peer, CancellationToken cancellationToken)
    {
        var values = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var key in await store.Metadata.GetKeysAsync(peer, cancellationToken))
        {
            values[key] = await ReadTextAsync(peer, key, cancellationToken);
        }

        return values;
    }

    private async Task<string?> ReadTextAsync(PeerId peer, string key, CancellationToken cancellationToken)
    {
        try
        {
            var value = await store.Metadata.TryGetAsync<string>(peer, key, cancellationToken);
            return value.TryGet(out var text) ? text : null;
        }
        catch (PeerstoreException e) when (e.Error == PeerstoreError.MetadataType)
        {
            // A value of a node's own type: there is something, and no way to show it.
            return null;
        }
    }
}

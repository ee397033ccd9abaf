using Libp2p;
using Libp2p.Peerstore;

namespace Peerstore.Cli.Ingest;

/// <summary>Puts observations into a store.</summary>
/// <param name="store">The store.</param>
/// <param name="ttl">How long addresses live from now.</param>
/// <param name="summary">Counts what became of them.</param>
internal sealed class ObservationWriter(IPeerstore store, TimeSpan ttl, IngestSummary summary)
{
    /// <summary>Stores what a line says.</summary>
    /// <param name="observation">What it says.</param>
    /// <param name="cancellationToken">Cancels between steps.</param>
    public async ValueTask WriteAsync(Observation observation, CancellationToken cancellationToken)
    {
        if (observation.Peer.IsEmpty)
        {
            return;
        }

        if (observation.Key is { } key)
        {
            await store.Keys.AddPublicKeyAsync(observation.Peer, key, cancellationToken);
            summary.Touch(observation.Peer);
        }

        await WriteWordAsync(observation, cancellationToken);
        if (observation.Heard.Count > 0)
        {
            var changes = await store.Addresses.AddAsync(
                observation.Peer, observation.Heard, ttl, cancellationToken);
            Count(observation.Peer, changes, default);
        }

        await WriteIdentityAsync(observation, cancellationToken);
    }

    // The record first: only the store knows whether it is stale, and with it the whole word of the peer.
    private async ValueTask WriteWordAsync(Observation observation, CancellationToken cancellationToken)
    {
        var peer = observation.Peer;
        var said = observation.Announced;
        AddressChanges byRecord = default;
        if (observation.Record is { } record && store.Addresses.TryGetCertified(out var certified))
        {
            var before = await store.Addresses.GetAsync(peer, cancellationToken);
            var outcome = await certified.ConsumeAsync(record, ttl, cancellationToken);
            summary.Records.Add(outcome);
            summary.Touch(peer);
            if (outcome == RecordOutcome.Stale)
            {
                return;
            }

            said = record.Addresses;
            byRecord = Compare(before, await store.Addresses.GetAsync(peer, cancellationToken));
        }

        if (said is null)
        {
            return;
        }

        var changes = await store.Addresses.AnnounceAsync(peer, said, ttl, cancellationToken);
        Count(peer, changes, byRecord);
    }

    private static AddressChanges Compare(IReadOnlyList<Multiaddr> before, IReadOnlyList<Multiaddr> after) => new()
    {
        Added = after.Except(before).Count(),
        Removed = before.Except(after).Count(),
    };

    private async ValueTask WriteIdentityAsync(Observation observation, CancellationToken cancellationToken)
    {
        if (observation.Protocols is { } protocols)
        {
            await store.Protocols.SetAsync(observation.Peer, protocols, cancellationToken);
            if (protocols.Count > 0)
            {
                summary.Touch(observation.Peer);
            }
        }

        await WriteTextAsync(observation, MetadataKeys.AgentVersion, observation.AgentVersion, cancellationToken);
        await WriteTextAsync(observation, MetadataKeys.ProtocolVersion, observation.ProtocolVersion, cancellationToken);
    }

    private async ValueTask WriteTextAsync(
        Observation observation, string name, string? text, CancellationToken cancellationToken)
    {
        if (text is not null)
        {
            await store.Metadata.SetAsync(observation.Peer, name, text, cancellationToken);
            summary.Touch(observation.Peer);
        }
        else if (observation.IsWholeWord)
        {
            await store.Metadata.RemoveAsync(observation.Peer, name, cancellationToken);
        }
    }

    private void Count(PeerId peer, AddressChanges changes, AddressChanges byRecord)
    {
        summary.Addresses.Add(changes, byRecord);
        if (changes.Added + changes.Renewed + changes.Unchanged > 0)
        {
            summary.Touch(peer);
        }
    }
}

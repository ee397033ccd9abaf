using Libp2p;
using Libp2p.Peerstore;

namespace Peerstore.Cli.Output;

/// <summary>Counts what a store holds, by asking for every peer once.</summary>
/// <param name="store">The store.</param>
internal sealed class StatisticsReader(IPeerstore store)
{
    private const int MostFrequent = 10;
    private readonly Dictionary<string, long> _transports = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _protocols = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _agents = new(StringComparer.Ordinal);
    private int _peersWithAddresses;
    private int _records;
    private long _addresses;
    private long _certified;

    /// <summary>Counts.</summary>
    /// <param name="cancellationToken">Cancels between peers.</param>
    public async Task<StoreStatistics> ReadAsync(CancellationToken cancellationToken)
    {
        var peers = 0;
        await foreach (var peer in store.GetPeersAsync(cancellationToken))
        {
            peers++;
            await CountAddressesAsync(peer, cancellationToken);
            await CountIdentityAsync(peer, cancellationToken);
        }

        var keys = 0;
        await foreach (var _ in store.Keys.GetPeersAsync(cancellationToken))
        {
            keys++;
        }

        return new StoreStatistics
        {
            Peers = peers,
            PeersWithAddresses = _peersWithAddresses,
            Addresses = _addresses,
            CertifiedAddresses = _certified,
            Records = _records,
            Keys = keys,
            Transports = [.. Frequency.Rank(_transports)],
            Protocols = [.. Frequency.Rank(_protocols).Take(MostFrequent)],
            Agents = [.. Frequency.Rank(_agents).Take(MostFrequent)],
        };
    }

    private async Task CountAddressesAsync(PeerId peer, CancellationToken cancellationToken)
    {
        var addresses = await store.Addresses.GetDetailsAsync(peer, cancellationToken);
        if (addresses.Count > 0)
        {
            _peersWithAddresses++;
        }

        _addresses += addresses.Count;
        _certified += addresses.Count(address => address.IsCertified);
        foreach (var address in addresses)
        {
            Increment(_transports, TransportName.Of(address.Address));
        }

        if (store.Addresses.TryGetCertified(out var certified)
            && await certified.GetRecordAsync(peer, cancellationToken) is not null)
        {
            _records++;
        }
    }

    private async Task CountIdentityAsync(PeerId peer, CancellationToken cancellationToken)
    {
        foreach (var protocol in await store.Protocols.GetAsync(peer, cancellationToken))
        {
            Increment(_protocols, protocol);
        }

        var agent =
            await store.Metadata.TryGetAsync<string>(peer, MetadataKeys.AgentVersion, cancellationToken);
        if (agent.TryGet(out var text))
        {
            Increment(_agents, text);
        }
    }

    private static void Increment(Dictionary<string, long> counts, string name) =>
        counts[name] = counts.GetValueOrDefault(name) + 1;
}

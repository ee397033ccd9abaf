namespace Libp2p.Peerstore.Testing;

/// <summary>A store with the clock that it was given, and the questions that most checks ask.</summary>
internal sealed class StoreUnderTest(IPeerstore store, ManualTimeProvider clock) : IAsyncDisposable
{
    public IPeerstore Store => store;

    public ManualTimeProvider Clock => clock;

    public IAddressBook Addresses => store.Addresses;

    public ICertifiedAddressBook Records => Addresses.TryGetCertified(out var certified)
        ? certified
        : throw new ContractViolationException("wanted a certified address book, got none.");

    public IKeyBook Keys => store.Keys;

    public IProtocolBook Protocols => store.Protocols;

    public IMetadataBook Metadata => store.Metadata;

    public IMetricsBook Metrics => store.Metrics;

    public ValueTask<AddressChanges> AddAsync(PeerId peer, TimeSpan ttl, params Multiaddr[] addresses) =>
        Addresses.AddAsync(peer, addresses, ttl);

    /// <summary>The addresses of a peer as a set in a fixed order.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync(PeerId peer) => Given.Texts(await Addresses.GetAsync(peer));

    /// <summary>The peers of a listing as a set; one that is listed twice is a violation.</summary>
    public static async Task<HashSet<PeerId>> ToSetAsync(IAsyncEnumerable<PeerId> peers)
    {
        var set = new HashSet<PeerId>();
        await foreach (var peer in peers)
        {
            Expect.That(set.Add(peer), "each peer listed once", $"{peer} twice");
        }

        return set;
    }

    public Task<HashSet<PeerId>> PeersAsync() => ToSetAsync(store.GetPeersAsync());

    public ValueTask DisposeAsync() => store.DisposeAsync();
}

namespace Libp2p.Peerstore.Tests;

/// <summary>A reader of an address stream that knows what may come next, and reads only what is there already.</summary>
internal sealed class WatchReader : IAsyncDisposable
{
    private readonly TestStore _store;
    private readonly PeerId _peer;
    private readonly CancellationTokenSource _end = new();
    private readonly IAsyncEnumerator<AddressEvent> _events;

    /// <summary>Known addresses that are still to come.</summary>
    private readonly HashSet<Multiaddr> _known = [];

    /// <summary>What was added since the snapshot and not yet reported.</summary>
    private readonly List<Multiaddr> _added = [];

    private WatchReader(TestStore store, PeerId peer) =>
        (_store, _peer, _events) = (store, peer, store.Addresses.WatchAsync(peer).GetAsyncEnumerator(_end.Token));

    /// <summary>What was reported since the last snapshot began.</summary>
    public HashSet<Multiaddr> Reported { get; } = [];

    public static async Task<WatchReader> StartAsync(TestStore store, PeerId peer)
    {
        var reader = new WatchReader(store, peer);
        await reader.BeginSnapshotAsync();
        await reader.ReadAsync();
        return reader;
    }

    public void Expect(IEnumerable<Multiaddr> added) => _added.AddRange(added);

    public async Task ReadAllAsync()
    {
        while (await ReadAsync())
        {
            // The reading is the point.
        }
    }

    /// <summary>Reads one event, if there is one.</summary>
    public async Task<bool> ReadAsync()
    {
        if (_known.Count == 0 && _added.Count == 0)
        {
            return false;
        }

        // One that is there already is given at once: a stream that has lost something fails here, instead of waiting.
        Assert.True(AtOnce.Answer(_events.MoveNextAsync()));
        var (kind, address) = _events.Current;
        switch (kind)
        {
            case AddressEventKind.Known:
                Assert.True(_known.Remove(address), $"{address} is not known, or was reported before.");
                Reported.Add(address);
                break;
            case AddressEventKind.Added:
                Assert.Empty(_known);
                Assert.True(_added.Remove(address), $"{address} was not added, or was reported before.");
                Reported.Add(address);
                break;
            default:
                Assert.Equal(new(AddressEventKind.Resync, default), _events.Current);
                Assert.Empty(_known);
                await BeginSnapshotAsync();
                break;
        }

        return true;
    }

    /// <summary>Ends the stream where nothing is to come any more: what it gave now would be an event too many.</summary>
    public async Task AssertNothingMoreAsync()
    {
        var next = _events.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted, $"There is one event too many: {_events.Current}.");
        await _end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        _end.Dispose();
    }

    private async Task BeginSnapshotAsync()
    {
        Reported.Clear();
        _added.Clear();
        _known.UnionWith(await _store.Addresses.GetAsync(_peer));
    }
}

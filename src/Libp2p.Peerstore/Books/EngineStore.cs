namespace Libp2p.Peerstore;

/// <summary>The five books over one engine: the body of every store that answers from memory.</summary>
internal sealed class EngineStore(PeerstoreEngine engine)
{
    public PeerstoreEngine Engine { get; } = engine;

    public AddressBook Addresses { get; } = new(engine);

    public KeyBook Keys { get; } = new(engine);

    public ProtocolBook Protocols { get; } = new(engine);

    public MetadataBook Metadata { get; } = new(engine);

    public MetricsBook Metrics { get; } = new(engine);

    public async ValueTask<AddressInfo> GetInfoAsync(PeerId peer, CancellationToken cancellationToken) =>
        new(peer, await Addresses.GetAsync(peer, cancellationToken).ConfigureAwait(false));

    public IAsyncEnumerable<PeerId> GetPeersAsync(CancellationToken cancellationToken) =>
        Engine.ListAsync(static (entry, now) => entry.IsLive(now), cancellationToken);

    public ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken)
    {
        Engine.Change(
            peer,
            state: true,
            static (in change, _) =>
            {
                change.Entry.RemoveKeys();
                change.Entry.SetProtocols([]);
                change.Entry.RemoveAllMetadata();
                change.Entry.SetLatency(null);
                return true;
            },
            cancellationToken);
        return ValueTask.CompletedTask;
    }

    public ValueTask<int> SweepAsync(CancellationToken cancellationToken)
    {
        Engine.ThrowIfClosed();
        cancellationToken.ThrowIfCancellationRequested();
        return new(Engine.Sweep());
    }
}

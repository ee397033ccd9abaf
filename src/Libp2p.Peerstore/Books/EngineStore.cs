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

    public ValueTask<PeerSnapshot> GetSnapshotAsync(PeerId peer, CancellationToken cancellationToken)
    {
        var snapshot = Engine.Read(peer, peer, Snapshot, cancellationToken);
        return new(snapshot.PublicKey is null && peer.TryGetPublicKey(out var held)
            ? snapshot.With(held)
            : snapshot);
    }

    public ValueTask<PeerEditOutcome> UpdatePeerAsync(
        PeerId peer, PeerVersion? expected, Action<IPeerEdit> edit, CancellationToken cancellationToken)
    {
        Require.Peer(peer);
        ArgumentNullException.ThrowIfNull(edit);
        var changes = new PeerEdit(peer, Engine, Metadata.Serializer) { Expected = expected };
        edit(changes);
        changes.MakeRoom();
        var (outcome, addresses) = Engine.Change(
            peer,
            changes,
            static (in change, changes) => changes.Apply(change),
            (PeerEditOutcome.NoRoom, default),
            cancellationToken);
        addresses.ToChanges();
        return new(outcome);
    }

    public ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken)
    {
        Engine.ChangeKnown(
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

    private static PeerSnapshot Snapshot(PeerEntry? entry, PeerId peer, long now)
    {
        var live = AddressRanking.Live(entry, now);
        var isKnown = entry is not null && (entry.HasMore || live.Length > 0);
        return new()
        {
            Peer = peer,
            Version = isKnown ? new(entry!.Stamp) : default,
            Addresses = Array.ConvertAll(live, static address => address.ToDetails()),
            Record = live.Length > 0 ? entry!.Record?.Record.Envelope : null,
            PublicKey = entry?.PublicKey,
            Protocols = entry?.Protocols ?? [],
            MetadataKeys = entry?.Metadata is { } values ? values.Keys.Order(StringComparer.Ordinal).ToArray() : [],
            Latency = entry?.Latency is { } nanoseconds
                ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
                : null,
        };
    }
}

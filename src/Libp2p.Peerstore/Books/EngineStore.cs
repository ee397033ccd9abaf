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

    public async ValueTask<IReadOnlyList<AddressInfo>> GetInfoAsync(
        IReadOnlyList<PeerId> peers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(peers);
        var infos = new AddressInfo[peers.Count];
        for (var i = 0; i < infos.Length; i++)
        {
            infos[i] = await GetInfoAsync(peers[i], cancellationToken).ConfigureAwait(false);
        }

        return infos;
    }

    public IAsyncEnumerable<PeerId> GetPeersAsync(CancellationToken cancellationToken) =>
        Engine.ListAsync(static (in view, now) => view.IsLive(now), cancellationToken);

    public ValueTask<PeerSnapshot> GetSnapshotAsync(PeerId peer, CancellationToken cancellationToken)
    {
        var copy = Engine.Read(peer, state: true, static (in view, _, now) => SnapshotCopy.Of(view, now), cancellationToken);
        return new(copy.ToSnapshot(peer));
    }

    public ValueTask<PeerEditOutcome> UpdatePeerAsync(
        PeerId peer, PeerVersion? expected, Action<IPeerEdit> edit, CancellationToken cancellationToken)
    {
        Require.Peer(peer);
        ArgumentNullException.ThrowIfNull(edit);
        var changes = new PeerEdit(peer, Engine, Metadata.Serializer) { Expected = expected };
        edit(changes);
        changes.Seal();
        var (outcome, addresses) = Engine.Change(
            peer,
            changes,
            static (in change, changes) => changes.Apply(change),
            (PeerEditOutcome.NoRoom, default),
            cancellationToken);
        addresses.ToChanges();
        PeerstoreMeter.CountRefused(outcome, changes.SizeLimit);
        return Engine.AcknowledgeAsync(peer, outcome, cancellationToken);
    }

    public ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken)
    {
        Engine.ChangeKnown(
            peer,
            state: true,
            static (in change, _) =>
            {
                change.Entry.RemoveAllButAddresses();
                return true;
            },
            cancellationToken);
        return Engine.AcknowledgeAsync(peer, cancellationToken);
    }

    public ValueTask<int> SweepAsync(CancellationToken cancellationToken)
    {
        Engine.ThrowIfClosed();
        cancellationToken.ThrowIfCancellationRequested();
        return new(Engine.Sweep());
    }
}

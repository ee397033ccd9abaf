namespace Libp2p.Peerstore.Tests;

/// <summary>A store and, for each of its peers, a model that hears of that peer's operations alone.</summary>
internal sealed class ModelRun
{
    private static readonly SamplePeer[] Peers = [.. Enumerable.Range(0, RandomStep.PeerCount).Select(static _ => new SamplePeer())];

    private readonly TestStore _store;
    private readonly PeerModel[] _models;

    public ModelRun(TestStore store, NewerRecordRule rule) =>
        (_store, _models) = (store, [.. Peers.Select(_ => new PeerModel { Rule = rule })]);

    private long Now => _store.Clock.GetUtcNow().UtcTicks;

    /// <summary>Takes all steps and compares every answer, and at last all that is known.</summary>
    public async Task TakeAsync(IEnumerable<RandomStep> steps)
    {
        foreach (var step in steps)
        {
            await TakeAsync(step);
        }

        await CompareAllAsync();
    }

    private async Task TakeAsync(RandomStep step)
    {
        switch (step.Kind)
        {
            case StepKind.Operate:
                await OperateAsync(step.Peer, step.Operation!);
                break;
            case StepKind.Advance:
                _store.Clock.Advance(step.By);
                break;
            case StepKind.Sweep:
                await _store.SweepAsync();
                break;
            case StepKind.Reopen:
                await _store.ReopenAsync();
                ForEachModel(model => model.Reopened(Now));
                break;
            case StepKind.Move:
                await _store.MoveAsync();
                ForEachModel(model => model.Reopened(Now));
                break;
            default:
                throw new InvalidOperationException($"No such step here: {step.Kind}.");
        }
    }

    private async Task OperateAsync(int peer, PeerOperation operation)
    {
        (_models[peer], var expected) = operation.Apply(_models[peer], Peers[peer], Now);
        Assert.Equal(expected, await operation.RunAsync(_store.Peers, Peers[peer]));
    }

    private async Task CompareAllAsync()
    {
        foreach (var question in OperationCatalogue.Questions)
        {
            for (var peer = 0; peer < Peers.Length; peer++)
            {
                await OperateAsync(peer, question);
            }
        }

        ForEachModel(model => model.At(Now));
        Assert.Equal(PeersWhere(static model => model.IsKnown), await _store.Peers.GetPeersAsync().ToSetAsync());
        Assert.Equal(PeersWhere(static model => model.HasKeys), await _store.Peers.Keys.GetPeersAsync().ToSetAsync());
        Assert.Equal(PeersWhere(static model => !model.Addresses.IsEmpty), await _store.Addresses.GetPeersAsync().ToSetAsync());
    }

    private void ForEachModel(Func<PeerModel, PeerModel> change)
    {
        for (var peer = 0; peer < _models.Length; peer++)
        {
            _models[peer] = change(_models[peer]);
        }
    }

    private HashSet<PeerId> PeersWhere(Predicate<PeerModel> test) =>
        [.. Peers.Where((_, peer) => test(_models[peer])).Select(static peer => peer.Id)];
}

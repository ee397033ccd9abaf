namespace Libp2p.Peerstore.Testing;

/// <summary>The steps about time and about whole peers.</summary>
internal sealed class PeerSteps(Replay replay)
{
    public ValueTask Advance(ScenarioStep step)
    {
        replay.Advance(Replay.DurationOf(step, "by"));
        return ValueTask.CompletedTask;
    }

    public async ValueTask SweepAsync(ScenarioStep step)
    {
        // A store that keeps nothing expired has nothing to sweep.
        if (replay.Store is ISweepable sweepable)
        {
            _ = await sweepable.SweepAsync(replay.CancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask PeersAsync(ScenarioStep step)
    {
        var go = replay.NamesOf(replay.Go.PeersOfGo);
        var sameBooks = string.Equals(go, replay.NamesOf(replay.Contract.PeersOfGo), StringComparison.Ordinal);
        var expectation = new Expectation(
            Answer.Set(step.Answers("want").Texts("want")),
            go,
            replay.NamesOf(replay.Contract.Peers),
            sameBooks
                ? DifferenceRules.PeersOfAllBooks
                : replay.Go.Addresses.Difference ?? replay.Go.Keys.Difference);
        return replay.CheckAsync(step, expectation, async () => replay.NamesOf(
            await replay.Store.GetPeersAsync(replay.CancellationToken).ToListAsync().ConfigureAwait(false)));
    }

    public ValueTask InfoAsync(ScenarioStep step)
    {
        var peer = replay.PeerOf(step);
        var want = step.Answers("want").Required("want");
        var id = want.Text("id");
        var expectation = AddressSteps.Expect(replay, peer, Answer.Set(want.Texts("addrs")));
        expectation = expectation with
        {
            Document = $"{id} {expectation.Document}",
            Go = $"{id} {expectation.Go}",
            Contract = $"{id} {expectation.Contract}",
        };
        return replay.CheckAsync(step, expectation, async () =>
        {
            var info = await replay.Store.GetInfoAsync(peer, replay.CancellationToken).ConfigureAwait(false);
            return $"{(info.Peer.IsEmpty ? "" : info.Peer)} {Answer.Set(AddressSteps.Texts(info.Addresses))}";
        });
    }

    public ValueTask RemoveAsync(ScenarioStep step, LatencySteps latency)
    {
        var peer = replay.PeerOf(step);
        replay.Go.RemovePeer(peer);
        replay.Contract.RemovePeer(peer);
        latency.Forget(peer);
        return replay.ChangeAsync(step, stores: false, () => replay.Store.RemovePeerAsync(peer, replay.CancellationToken));
    }
}

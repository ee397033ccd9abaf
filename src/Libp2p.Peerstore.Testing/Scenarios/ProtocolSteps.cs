namespace Libp2p.Peerstore.Testing;

/// <summary>The steps about protocols.</summary>
internal sealed class ProtocolSteps(Replay replay)
{
    private IProtocolBook Book => replay.Store.Protocols;

    public ValueTask SetAsync(ScenarioStep step)
    {
        var (peer, protocols) = (replay.PeerOf(step), ProtocolsOf(step));
        var go = replay.Go.Protocols.Set(peer, protocols);
        var contract = replay.Contract.Protocols.Set(peer, protocols);
        return StoreAsync(step, go, contract, () => Book.SetAsync(peer, protocols, replay.CancellationToken));
    }

    public ValueTask AddAsync(ScenarioStep step)
    {
        var (peer, protocols) = (replay.PeerOf(step), ProtocolsOf(step));
        var go = replay.Go.Protocols.Add(peer, protocols);
        var contract = replay.Contract.Protocols.Add(peer, protocols);
        return StoreAsync(step, go, contract, () => Book.AddAsync(peer, protocols, replay.CancellationToken));
    }

    public ValueTask RemoveAsync(ScenarioStep step)
    {
        var (peer, protocols) = (replay.PeerOf(step), ProtocolsOf(step));
        replay.Go.Protocols.Remove(peer, protocols);
        replay.Contract.Protocols.Remove(peer, protocols);
        var wanted = Expectation.Same(Answer.Outcome(step.Answers("wantError").Flag("wantError")));
        return replay.CheckAsync(step, wanted, async () =>
        {
            await Book.RemoveAsync(peer, protocols, replay.CancellationToken).ConfigureAwait(false);
            return Answer.NoError;
        });
    }

    public ValueTask GetAsync(ScenarioStep step)
    {
        var peer = replay.PeerOf(step);
        var expectation = new Expectation(
            Answer.Set(step.Answers("want").Texts("want")),
            Answer.Set(replay.Go.Protocols.Get(peer)),
            Answer.Set(replay.Contract.Protocols.Get(peer)),
            replay.Go.Protocols.Difference);
        return replay.CheckAsync(step, expectation, async () =>
            Answer.Set(await Book.GetAsync(peer, replay.CancellationToken).ConfigureAwait(false)));
    }

    public ValueTask SupportedAsync(ScenarioStep step)
    {
        var (peer, protocols) = (replay.PeerOf(step), ProtocolsOf(step));
        var expectation = new Expectation(
            Answer.List(step.Answers("want").Texts("want")),
            Answer.List(protocols.Where(replay.Go.Protocols.Get(peer).Contains)),
            Answer.List(protocols.Where(replay.Contract.Protocols.Get(peer).Contains)),
            replay.Go.Protocols.Difference);
        return replay.CheckAsync(step, expectation, async () => Answer.List(
            await Book.GetSupportedAsync(peer, protocols, replay.CancellationToken).ConfigureAwait(false)));
    }

    public ValueTask FirstSupportedAsync(ScenarioStep step)
    {
        var (peer, protocols) = (replay.PeerOf(step), ProtocolsOf(step));

        // Go says "none" with the empty protocol ID.
        var expectation = new Expectation(
            Answer.Of(step.Answers("want").Text("want")),
            Answer.Of(protocols.FirstOrDefault(replay.Go.Protocols.Get(peer).Contains, "")),
            Answer.Of(protocols.FirstOrDefault(replay.Contract.Protocols.Get(peer).Contains, "")),
            replay.Go.Protocols.Difference);
        return replay.CheckAsync(step, expectation, async () => Answer.Of(
            await Book.GetFirstSupportedAsync(peer, protocols, replay.CancellationToken).ConfigureAwait(false) ?? ""));
    }

    private ValueTask StoreAsync(
        ScenarioStep step, bool goStores, bool contractStores, Func<ValueTask<ProtocolOutcome>> store)
    {
        var expectation = new Expectation(
            Answer.Outcome(step.Answers("wantError").Flag("wantError")),
            Answer.Outcome(!goStores),
            Answer.Outcome(!contractStores),
            replay.Go.Protocols.Difference);
        return replay.CheckAsync(step, expectation, async () =>
        {
            try
            {
                return Answer.Outcome(await store().ConfigureAwait(false) != ProtocolOutcome.Stored);
            }
            catch (ArgumentException) when (replay.PeerOf(step).IsEmpty)
            {
                return Answer.Error;
            }
        });
    }

    private static IReadOnlyList<string> ProtocolsOf(ScenarioStep step) => step.Fields.Texts("protocols");
}

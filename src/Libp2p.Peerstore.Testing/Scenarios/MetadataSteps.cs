namespace Libp2p.Peerstore.Testing;

/// <summary>The steps about metadata.</summary>
internal sealed class MetadataSteps(Replay replay)
{
    private IMetadataBook Book => replay.Store.Metadata;

    public ValueTask PutAsync(ScenarioStep step)
    {
        var (peer, key, value) = (replay.PeerOf(step), step.Fields.Text("key"), step.Fields.Text("value"));
        replay.Go.PutMetadata(peer, key, value);
        replay.Contract.PutMetadata(peer, key, value);
        var expectation = new Expectation(
            Answer.Outcome(step.Answers("wantError").Flag("wantError")),
            Answer.NoError,
            Answer.Outcome(peer.IsEmpty),
            peer.IsEmpty ? DifferenceRules.EmptyPeer : null);
        return replay.CheckAsync(step, expectation, async () =>
        {
            try
            {
                var outcome = await Book.SetAsync(peer, key, value, replay.CancellationToken).ConfigureAwait(false);
                return Answer.Outcome(outcome != MetadataOutcome.Stored);
            }
            catch (ArgumentException) when (peer.IsEmpty)
            {
                return Answer.Error;
            }
        });
    }

    public ValueTask GetAsync(ScenarioStep step)
    {
        var (peer, key) = (replay.PeerOf(step), step.Fields.Text("key"));
        var expectation = new Expectation(
            step.Answers("wantError").Flag("wantError")
                ? Answer.Error
                : Answer.Of(step.Answers("want").TextOrNull("want")),
            Known(replay.Go.Metadata(peer, key)),
            Known(replay.Contract.Metadata(peer, key)),
            peer.IsEmpty ? DifferenceRules.EmptyPeer : null);
        return replay.CheckAsync(step, expectation, async () =>
        {
            try
            {
                return Answer.Of(
                    await Book.GetAsync<string>(peer, key, replay.CancellationToken).ConfigureAwait(false));
            }
            catch (MetadataNotFoundException)
            {
                return Answer.Error;
            }
        });
    }

    private static string Known(string? value) => value is null ? Answer.Error : Answer.Of(value);
}

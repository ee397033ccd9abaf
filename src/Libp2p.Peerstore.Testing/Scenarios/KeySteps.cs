using System.Text.Json;

namespace Libp2p.Peerstore.Testing;

/// <summary>The steps about keys.</summary>
internal sealed class KeySteps(Replay replay)
{
    private IKeyBook Book => replay.Store.Keys;

    public async ValueTask AddPublicAsync(ScenarioStep step)
    {
        var peer = replay.PeerOf(step);
        PublicKey? key = null;
        if (HasKey(step) && !PublicKey.TryDecode(step.Fields.Base64("key"), out key))
        {
            throw new DocumentException("\"key\" is a public key that cannot be read");
        }

        await AddAsync(step, () => Book.AddPublicKeyAsync(peer, key!, replay.CancellationToken)).ConfigureAwait(false);
    }

    public async ValueTask AddPrivateAsync(ScenarioStep step)
    {
        var peer = replay.PeerOf(step);
        PrivateKey? key = null;
        if (HasKey(step) && !PrivateKey.TryDecode(step.Fields.Base64("key"), out key))
        {
            throw new DocumentException("\"key\" is a private key that cannot be read");
        }

        await AddAsync(step, () => Book.AddPrivateKeyAsync(peer, key!, replay.CancellationToken)).ConfigureAwait(false);
    }

    public ValueTask PublicAsync(ScenarioStep step)
    {
        var peer = replay.PeerOf(step);
        replay.Go.Keys.Read(peer);
        return replay.CheckAsync(step, Wanted(step), async () =>
        {
            var key = await Book.GetPublicKeyAsync(peer, replay.CancellationToken).ConfigureAwait(false);
            return key is null ? Answer.Null : Convert.ToBase64String(key.Encoded);
        });
    }

    public ValueTask PrivateAsync(ScenarioStep step)
    {
        var peer = replay.PeerOf(step);
        return replay.CheckAsync(step, Wanted(step), async () =>
        {
            var key = await Book.GetPrivateKeyAsync(peer, replay.CancellationToken).ConfigureAwait(false);
            return key is null ? Answer.Null : Convert.ToBase64String(key.Encode());
        });
    }

    public ValueTask PeersAsync(ScenarioStep step)
    {
        var expectation = new Expectation(
            Answer.Set(step.Answers("want").Texts("want")),
            replay.NamesOf(replay.Go.Keys.Peers),
            replay.NamesOf(replay.Contract.Keys.Peers),
            replay.Go.Keys.Difference);
        return replay.CheckAsync(step, expectation, async () => replay.NamesOf(
            await Book.GetPeersAsync(replay.CancellationToken).ToListAsync().ConfigureAwait(false)));
    }

    private async ValueTask AddAsync(ScenarioStep step, Func<ValueTask<BookOutcome>> add)
    {
        var fails = step.Answers("wantError").Flag("wantError");
        if (!fails)
        {
            replay.Go.Keys.Add(replay.PeerOf(step));
            replay.Contract.Keys.Add(replay.PeerOf(step));
        }

        await replay.CheckAsync(step, Expectation.Same(Answer.Outcome(fails)), async () =>
        {
            try
            {
                return await add().ConfigureAwait(false) == BookOutcome.Stored ? Answer.NoError : Answer.Error;
            }
            catch (ArgumentException)
            {
                // A key that is missing, or belongs to another peer.
                return Answer.Error;
            }
        }).ConfigureAwait(false);
    }

    private static bool HasKey(ScenarioStep step) => step.Fields.Required("key").ValueKind != JsonValueKind.Null;

    private static Expectation Wanted(ScenarioStep step) =>
        Expectation.Same(step.Answers("want").TextOrNull("want") ?? Answer.Null);
}

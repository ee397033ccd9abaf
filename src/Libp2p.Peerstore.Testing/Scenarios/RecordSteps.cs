namespace Libp2p.Peerstore.Testing;

/// <summary>The steps about signed peer records.</summary>
internal sealed class RecordSteps(Replay replay)
{
    private const string Ignored = "ignored";

    public async ValueTask ConsumeAsync(ScenarioStep step)
    {
        var envelope = step.Fields.Base64("envelope");
        var ttl = Replay.LifetimeOf(step, "ttl");
        if (!replay.CanSayEnd(ttl))
        {
            return;
        }

        var answers = step.Answers("wantAccepted");
        var document = answers.Flag("wantError") ? Answer.Error
            : answers.Flag("wantAccepted") ? Answer.Accepted
            : Ignored;
        var expectation = Expectation.Same(document);
        if (Open(envelope) is { } record)
        {
            expectation = new Expectation(
                document,
                Word(replay.Go.Addresses.Consume(record, ttl.Span)),
                Word(replay.Contract.Addresses.Consume(record, ttl.Span)),
                replay.Go.Addresses.Difference);
        }

        var outranked = IsOutranked(envelope);
        var got = await Replay.AskAsync(async () =>
            Word(await OfferAsync(envelope, ttl.Span).ConfigureAwait(false))).ConfigureAwait(false);
        if (outranked && string.Equals(got, Ignored, StringComparison.Ordinal)
            && string.Equals(expectation.Wanted, Answer.Error, StringComparison.Ordinal))
        {
            replay.Log.Differ(DifferenceRules.StaleUnverified);
            expectation = Expectation.Same(Ignored);
        }

        replay.Check(step, expectation, got);
    }

    public ValueTask GetAsync(ScenarioStep step)
    {
        var peer = replay.PeerOf(step);
        var expectation = new Expectation(
            Answer.Of(step.Answers("wantEnvelope").TextOrNull("wantEnvelope")).Trim('"'),
            Answer.Base64(replay.Go.Addresses.GetRecord(peer)?.Envelope.Bytes),
            Answer.Base64(replay.Contract.Addresses.GetRecord(peer)?.Envelope.Bytes),
            replay.Go.Addresses.Difference);
        return replay.CheckAsync(step, expectation, async () =>
        {
            if (!replay.Store.Addresses.TryGetCertified(out var book))
            {
                return "no certified address book";
            }

            var record = await book.GetRecordAsync(peer, replay.CancellationToken).ConfigureAwait(false);
            return Answer.Base64(record?.Bytes);
        });
    }

    /// <summary>Offers the envelope as it came, unless its only fault is a domain that a store also takes.</summary>
    private async ValueTask<RecordOutcome> OfferAsync(byte[] envelope, TimeSpan ttl)
    {
        if (!replay.Store.Addresses.TryGetCertified(out var book))
        {
            throw new NotSupportedException("The store has no certified address book.");
        }

        if (Open(envelope) is null && PeerRecord.TryOpen(envelope, out _) == EnvelopeOutcome.Opened)
        {
            return RecordOutcome.BadSignature;
        }

        return await book.ConsumeAsync(envelope, ttl, replay.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether an envelope, good or not, claims to hold a record older than the one that is stored.</summary>
    private bool IsOutranked(byte[] envelope)
    {
        var payload = WireFields.Bytes(envelope, WireFields.EnvelopePayload);
        return PeerId.TryDecode(WireFields.Bytes(payload, WireFields.RecordPeer), out var peer)
            && replay.Contract.Addresses.GetRecord(peer) is { } stored
            && stored.Sequence > (WireFields.Number(payload, WireFields.RecordSequence) ?? 0);
    }

    private static PeerRecord? Open(byte[] bytes) =>
        SignedEnvelope.TryOpen(bytes, PeerRecord.Domain, out var envelope) == EnvelopeOutcome.Opened
        && PeerRecord.TryRead(envelope!, DecodeLimits.Default, out var record, out _) == EnvelopeOutcome.Opened
            ? record
            : null;

    private static string Word(RecordOutcome outcome) => outcome switch
    {
        RecordOutcome.Accepted or RecordOutcome.Refreshed => Answer.Accepted,
        RecordOutcome.Stale => Ignored,
        _ => Answer.Error,
    };
}

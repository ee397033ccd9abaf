namespace Libp2p.Peerstore;

/// <summary>The signed records in the engine. Cheap answers come first: no verification for what changes nothing.</summary>
internal sealed partial class AddressBook : ICertifiedAddressBook
{
    public ValueTask<RecordOutcome> ConsumeAsync(
        ReadOnlyMemory<byte> envelope, TimeSpan ttl, CancellationToken cancellationToken = default)
    {
        var limits = engine.Options.DecodeLimits;
        if (TryRefresh(envelope, ttl, out var refreshed, cancellationToken))
        {
            return engine.AcknowledgeAsync(refreshed, RecordOutcome.Refreshed, cancellationToken);
        }

        if (UnverifiedPeerRecord.TryPeek(envelope.Span, limits, out var claim)
            && engine.Read(claim.Peer, state: true, VisibleSequence, cancellationToken) is { } stored
            && claim.Sequence < stored)
        {
            return engine.AcknowledgeAsync(claim.Peer, RecordOutcome.Stale, cancellationToken);
        }

        // Outside every lock: verification is the one slow thing a store does.
        var opened = PeerRecord.TryOpen(envelope, limits, out var record, out _);
        if (opened == EnvelopeOutcome.Opened)
        {
            return ConsumeAsync(record!, ttl, cancellationToken);
        }

        PeerstoreMeter.CountRefused(nameof(PeerstoreOptions.DecodeLimits), opened == EnvelopeOutcome.TooLarge ? 1 : 0);
        return new(ToRefusal(opened));
    }

    public ValueTask<RecordOutcome> ConsumeAsync(
        PeerRecord record, TimeSpan ttl, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        var addresses = new AddressOffer(record.Peer, record.Addresses, ttl);
        var offer = new RecordOffer(new StoredRecord(record, addresses.Own), addresses, engine.Options.NewerRecord);
        var (outcome, tally) = engine.Change(
            record.Peer,
            (offer, engine.Options),
            static (in change, state) => Take(change, state.offer, state.Options),
            (RecordOutcome.NoRoom, default),
            cancellationToken);
        tally.ToChanges();
        PeerstoreMeter.CountRefused(
            nameof(PeerstoreOptions.MaxSequenceAhead), outcome == RecordOutcome.FromTheFuture ? 1 : 0);
        return engine.AcknowledgeAsync(record.Peer, outcome, cancellationToken);
    }

    /// <summary>Stores a record with its addresses, unless it would keep every later one of its peer out.</summary>
    public static (RecordOutcome Outcome, AddressTally Addresses) Take(
        in PeerChange change, RecordOffer offer, PeerstoreOptions options) =>
        options.IsTooFarAhead(offer.Record.Sequence, change.Now)
            ? (RecordOutcome.FromTheFuture, default)
            : AddressRules.Consume(change, offer);

    public ValueTask<SignedEnvelope?> GetRecordAsync(PeerId peer, CancellationToken cancellationToken = default) =>
        new(engine.Read(peer, state: true, static (in view, _, now) => CopyOf(view, now), cancellationToken)?.Open());

    /// <summary>The record of a peer that has a live address; without one it is gone, swept or not.</summary>
    public static EnvelopeCopy? CopyOf(in PeerView view, long now) =>
        view.Record is { Exists: true } record && view.HasLive(now)
            ? new EnvelopeCopy(record.ReadDomain(), record.Envelope.ToArray())
            : null;

    /// <summary>Renews what a stored envelope of the same bytes certifies: nothing of it needs to be read or verified again.</summary>
    private bool TryRefresh(
        ReadOnlyMemory<byte> envelope, TimeSpan ttl, out PeerId peer, CancellationToken cancellationToken)
    {
        if (!UnverifiedPeerRecord.TryPeekPeer(envelope.Span, out peer))
        {
            return false;
        }

        var (outcome, tally) = engine.ChangeKnown(
            peer, new StoredEnvelope(envelope, ttl, engine.Options), Refreshing, cancellationToken);
        tally.ToChanges();
        return outcome == RecordOutcome.Refreshed;
    }

    private static ulong? VisibleSequence(in PeerView view, bool state, long now) =>
        view.Record is { Exists: true } record && view.HasLive(now) ? record.Sequence : null;

    private static RecordOutcome ToRefusal(EnvelopeOutcome outcome) => outcome switch
    {
        EnvelopeOutcome.TooLarge => RecordOutcome.TooLarge,
        EnvelopeOutcome.BadKey => RecordOutcome.BadKey,
        EnvelopeOutcome.BadSignature => RecordOutcome.BadSignature,
        EnvelopeOutcome.WrongPayloadType => RecordOutcome.WrongPayloadType,
        EnvelopeOutcome.BadPayload => RecordOutcome.BadPayload,
        EnvelopeOutcome.WrongSigner => RecordOutcome.WrongSigner,
        _ => RecordOutcome.Malformed,
    };
}

namespace Libp2p.Peerstore;

/// <summary>The signed records in the engine. Cheap answers come first: no verification for what changes nothing.</summary>
internal sealed partial class AddressBook : ICertifiedAddressBook
{
    public ValueTask<RecordOutcome> ConsumeAsync(
        ReadOnlyMemory<byte> envelope, TimeSpan ttl, CancellationToken cancellationToken = default)
    {
        var limits = engine.Options.DecodeLimits;
        if (UnverifiedPeerRecord.TryPeek(envelope.Span, limits, out var claim)
            && engine.Read(claim.Peer, state: true, VisibleRecord, cancellationToken) is { } stored)
        {
            if (stored.Bytes.SequenceEqual(envelope.Span))
            {
                return ConsumeAsync(stored.Record, ttl, cancellationToken);
            }

            if (claim.Sequence < stored.Sequence)
            {
                return new(RecordOutcome.Stale);
            }
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
        return new(outcome);
    }

    /// <summary>Stores a record with its addresses, unless it would keep every later one of its peer out.</summary>
    public static (RecordOutcome Outcome, AddressTally Addresses) Take(
        in PeerChange change, RecordOffer offer, PeerstoreOptions options) =>
        options.IsTooFarAhead(offer.Record.Sequence, change.Now)
            ? (RecordOutcome.FromTheFuture, default)
            : AddressRules.Consume(change, offer);

    public ValueTask<SignedEnvelope?> GetRecordAsync(PeerId peer, CancellationToken cancellationToken = default) =>
        new(engine.Read(peer, state: true, VisibleRecord, cancellationToken)?.Record.Envelope);

    /// <summary>The record of a peer that has a live address; without one it is gone, swept or not.</summary>
    private static StoredRecord? VisibleRecord(PeerEntry? entry, bool state, long now) =>
        entry is { Record: { } record } && entry.Addresses.HasLive(now) ? record : null;

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

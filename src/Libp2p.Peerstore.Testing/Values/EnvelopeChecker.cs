using System.Globalization;
using System.Text.Json;

namespace Libp2p.Peerstore.Testing;

/// <summary>Checks a document of signed envelopes, each against a new store.</summary>
internal sealed class EnvelopeChecker(
    Func<TimeProvider, PeerstoreOptions, ValueTask<IPeerstore>> openStore, CheckLog log)
{
    private const string List = "envelopes";

    public async ValueTask RunAsync(JsonElement document, CancellationToken cancellationToken)
    {
        var index = 0;
        foreach (var item in document.Items(List))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var check = new ItemCheck();
            try
            {
                await CheckAsync(item, check, cancellationToken).ConfigureAwait(false);
                check.Report(log, index, List);
            }
            catch (DocumentException exception)
            {
                log.Fail(index, List, "an item that can be read", exception.Message);
            }

            index++;
        }
    }

    private async ValueTask CheckAsync(JsonElement item, ItemCheck check, CancellationToken cancellationToken)
    {
        var bytes = item.Base64("envelope");
        var opened = SignedEnvelope.TryOpen(bytes, item.Text("domain"), out var envelope) == EnvelopeOutcome.Opened;
        var outcome = EnvelopeOutcome.None;
        PeerRecord? record = null;
        if (opened)
        {
            outcome = PeerRecord.TryRead(envelope!, DecodeLimits.Default, out record, out _);
        }

        // Go shows what another peer's key has signed, and leaves it to the store to refuse it; here it stays unread.
        var accepted = outcome is EnvelopeOutcome.Opened or EnvelopeOutcome.WrongSigner;
        if (!check.Taken("envelope", item.Flag("accepted"), accepted, KeyRules.ForEnvelope(bytes)))
        {
            return;
        }

        CheckEnvelope(item, check, envelope!, bytes);
        check.Equal("consumeAccepted", item.Flag("consumeAccepted"), record is not null);
        if (record is not null)
        {
            CheckRecord(item, check, record);
        }

        await OfferAsync(item, check, bytes, record, cancellationToken).ConfigureAwait(false);
    }

    private static void CheckEnvelope(JsonElement item, ItemCheck check, SignedEnvelope envelope, byte[] bytes)
    {
        check.Equal("bytes as received", bytes, envelope.Bytes.Span);
        check.Equal("payloadType", item.Hex("payloadType"), envelope.PayloadType.Span);
        check.Equal("domain", item.Text("domain"), envelope.Domain);
        check.Equal("signerPeerId", item.Text("signerPeerId"), PeerId.FromPublicKey(envelope.PublicKey).ToString());
    }

    private static void CheckRecord(JsonElement item, ItemCheck check, PeerRecord record)
    {
        check.Equal("peerId", item.Text("peerId"), record.Peer.ToString());
        check.Equal("seq", item.Text("seq"), record.Sequence.ToString(CultureInfo.InvariantCulture));
        check.Equal("addrs", Answer.List(item.Texts("addrs")), Answer.List(AddressSteps.Texts(record.Addresses)));
    }

    /// <summary>Offers what was opened to an empty store, or the bytes where nothing could be read out of them.</summary>
    private async ValueTask OfferAsync(
        JsonElement item, ItemCheck check, byte[] bytes, PeerRecord? record, CancellationToken cancellationToken)
    {
        var store = await openStore(new ManualTimeProvider(), ScenarioOptions.LikeGo).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            if (!store.Addresses.TryGetCertified(out var book))
            {
                check.Equal("certified address book", wanted: true, got: false);
                return;
            }

            var outcome = record is null
                ? await book.ConsumeAsync(bytes, AddressTtl.Address, cancellationToken).ConfigureAwait(false)
                : await book.ConsumeAsync(record, AddressTtl.Address, cancellationToken).ConfigureAwait(false);
            check.Equal("store takes it", item.Flag("consumeAccepted"), outcome == RecordOutcome.Accepted);
            await CheckStoredAsync(item, check, store, record, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask CheckStoredAsync(
        JsonElement item, ItemCheck check, IPeerstore store, PeerRecord? record, CancellationToken cancellationToken)
    {
        if (!PeerId.TryParse(item.Text("peerId"), out var peer))
        {
            throw new DocumentException("\"peerId\" is not a peer ID");
        }

        var stored = await store.Addresses.GetAsync(peer, cancellationToken).ConfigureAwait(false);
        var wanted = item.Texts("storedAddrs");
        if (record is not null && AreEquallyGood(wanted, stored, record))
        {
            log.Differ(DifferenceRules.EqualEnds);
            return;
        }

        check.Equal("storedAddrs", Answer.Set(wanted), Answer.Set(AddressSteps.Texts(stored)));
    }

    /// <summary>
    /// Whether a record has more addresses than a peer may, so that any of them may have made room for the others, and
    /// as many as wanted are stored, all of them out of the record.
    /// </summary>
    private static bool AreEquallyGood(IReadOnlyList<string> wanted, IReadOnlyList<Multiaddr> stored, PeerRecord record)
    {
        var offered = record.Addresses
            .Select(address => address.TrySplitPeer(out var transport, out var named) && named == record.Peer
                ? transport
                : address)
            .ToHashSet();
        return offered.Count > ScenarioOptions.LikeGo.MaxAddressesPerPeer
            && wanted.Count == ScenarioOptions.LikeGo.MaxAddressesPerPeer
            && stored.Count == wanted.Count
            && stored.Distinct().Count() == stored.Count
            && stored.All(offered.Contains)
            && !string.Equals(Answer.Set(wanted), Answer.Set(AddressSteps.Texts(stored)), StringComparison.Ordinal);
    }
}

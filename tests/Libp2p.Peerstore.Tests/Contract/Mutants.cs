namespace Libp2p.Peerstore.Tests;

/// <summary>Stores that break one rule each, and the check that has to notice.</summary>
internal static class Mutants
{
    private static readonly Dictionary<string, Mutant> Known = new(StringComparer.Ordinal)
    {
        ["adding shortens"] = On("IAddressBook.AddAsync", "Adding_never_shortens_a_lifetime", static call =>
            call.Arguments.Length == 4 ? new ValueTask<AddressChanges>(call.Store.Addresses.SetAsync(call.Peer, Addresses(call), Ttl(call)).AsTask()) : call.Proceed()),
        ["setting never shortens"] = On("IAddressBook.SetAsync", "Setting_changes_a_lifetime_whatever_it_was", static call =>
            new ValueTask<AddressChanges>(call.Store.Addresses.AddAsync(call.Peer, Addresses(call), Ttl(call)).AsTask())),
        ["updating does nothing"] = On(
            "IAddressBook.UpdateAsync", "An_address_that_was_once_connected_ends_like_any_other", static _ => new ValueTask<AddressChanges>()),
        ["clearing takes the keys too"] = On("IAddressBook.ClearAsync", "Clearing_leaves_the_other_books_and_peers", static call =>
        {
            call.Store.RemovePeerAsync(call.Peer).AsTask().Wait(Token);
            return call.Proceed();
        }),
        ["nothing ever ends"] = Opened("An_address_is_gone_at_the_instant_its_lifetime_ends", static options => options, stopped: true),
        ["sources are forgotten"] = On("IAddressBook.AnnounceAsync", "What_a_peer_says_now_replaces_what_it_said_before", static call =>
            new ValueTask<AddressChanges>(call.Store.Addresses.AddAsync(call.Peer, Addresses(call), Ttl(call)).AsTask())),
        ["reading a key stores it"] = On("IKeyBook.GetPublicKeyAsync", "Reading_changes_nothing", static call =>
        {
            var key = call.Store.Keys.GetPublicKeyAsync(call.Peer).AsTask().Result;
            _ = key is null ? default : call.Store.Keys.AddPublicKeyAsync(call.Peer, key).AsTask().Result;
            return call.Proceed();
        }),
        ["a foreign key is dropped in silence"] = On("IKeyBook.AddPublicKeyAsync", "A_key_of_another_peer_is_an_error", static call =>
            SilentOn<ArgumentException>(call, new ValueTask<BookOutcome>(BookOutcome.Stored))),
        ["a stale record is accepted"] = On("ICertifiedAddressBook.ConsumeAsync", "A_record_with_a_lower_sequence_is_ignored", static call =>
        {
            var outcome = ((ValueTask<RecordOutcome>)call.Proceed()!).Result;
            return new ValueTask<RecordOutcome>(outcome == RecordOutcome.Stale ? RecordOutcome.Accepted : outcome);
        }),
        ["a newer record drops the former's addresses"] = Opened(
            "A_newer_record_leaves_the_addresses_of_the_former", static options => options with { NewerRecord = NewerRecordRule.ReplaceFormer }),
        ["a record outlives its addresses"] = new("A_record_is_deleted_by_clearing", OpenHoarder),
        ["there are no records"] = On("IAddressBook.TryGetCertified", "The_store_has_a_certified_address_book", static _ => false),
        ["a stream loses one"] = On("IAddressBook.WatchAsync", "A_stream_gives_each_new_address_once_however_it_came", static call =>
            Streamed(call, static (stream, _) => stream.Where(static (_, i) => i != 1))),
        ["a stream repeats one"] = On(
            "IAddressBook.WatchAsync", "A_stream_misses_nothing_and_repeats_nothing_while_addresses_are_added", static call =>
            Streamed(call, static (stream, first) => stream.Prepend(first))),
        ["a stream's buffer has no bound"] = Opened(
            "A_reader_that_falls_behind_gets_a_fresh_snapshot", static options => options with { WatchBuffer = 1 << 20 }),
        ["only addresses make peers"] = On("IPeerstore.GetPeersAsync", "Peers_of_every_book_are_listed_once", static call =>
            call.Store.Addresses.GetPeersAsync()),
        ["removing a peer takes its addresses"] = On(
            "IPeerstore.RemovePeerAsync", "Removing_a_peer_removes_everything_but_its_addresses", static call =>
        {
            call.Store.Addresses.ClearAsync(call.Peer).AsTask().Wait(Token);
            return call.Proceed();
        }),
        ["supported protocols are sorted"] = On("IProtocolBook.GetSupportedAsync", "Supported_protocols_come_in_the_order_asked", static call =>
        {
            IReadOnlyList<string> found = [.. ((ValueTask<IReadOnlyList<string>>)call.Proceed()!).Result.Order(StringComparer.Ordinal)];
            return new ValueTask<IReadOnlyList<string>>(found);
        }),
        ["no protocol is an empty one"] = On("IProtocolBook.GetFirstSupportedAsync", "A_peer_that_supports_none_has_no_first", static call =>
            new ValueTask<string?>(((ValueTask<string?>)call.Proceed()!).Result ?? "")),
        ["missing metadata is empty"] = On("IMetadataBook.GetAsync", "A_missing_value_is_an_error_that_names_peer_and_key", static call =>
            SilentOn<MetadataNotFoundException>(call, new ValueTask<string>(""))),
        ["the last latency counts"] = On("IMetricsBook.RecordLatencyAsync", "Each_later_measurement_counts_for_a_tenth", static call =>
        {
            call.Store.Metrics.RemovePeerAsync(call.Peer).AsTask().Wait(Token);
            return call.Proceed();
        }),
        ["the expected version is ignored"] = On("IPeerstore.UpdatePeerAsync", "An_edit_of_another_version_changes_nothing", static call =>
            call.Arguments is [_, PeerVersion, Action<IPeerEdit> edit, _] ? new ValueTask<PeerEditOutcome>(call.Store.UpdatePeerAsync(call.Peer, edit).AsTask()) : call.Proceed()),
        ["an edit that fails is half done"] = On("IPeerEdit.ClearAddresses", "An_edit_with_too_many_protocols_changes_nothing", static call =>
        {
            // The call of an edit has no peer of its own: all peers are cleared, as the first half of the edit would.
            foreach (var peer in call.Store.GetPeersAsync().ToBlockingEnumerable(Token).ToList())
            {
                call.Store.Addresses.ClearAsync(peer).AsTask().Wait(Token);
            }

            return call.Proceed();
        }),
        ["a peer has any number of addresses"] = Opened(
            "A_peer_at_its_limit_gives_up_the_address_that_ends_first", static options => options with { MaxAddressesPerPeer = 0 }),
        ["a full store always refuses"] = Opened(
            "In_a_full_store_the_address_that_ends_first_makes_room", static options => options with { WhenFull = FullPolicy.RefuseNew }),
        ["cancellation is ignored"] = new(
            "A_call_that_is_cancelled_before_it_begins_changes_nothing", static (clock, options) => Open(clock, options, static call =>
        {
            var last = call.Arguments.Length - 1;
            call.Arguments[last < 0 ? 0 : last] = last >= 0 && call.Arguments[last] is CancellationToken ? CancellationToken.None : call.Arguments[last];
            return call.Proceed();
        })),
        ["a store never closes"] = On("IAsyncDisposable.DisposeAsync", "A_store_that_is_disposed_refuses_every_change", static _ => ValueTask.CompletedTask),
        ["the empty peer has protocols"] = On("IProtocolBook.SetAsync", "Nothing_can_be_stored_for_the_empty_peer_id", static call =>
            SilentOn<ArgumentException>(call, new ValueTask<ProtocolOutcome>(ProtocolOutcome.Stored))),
    };

    public static IEnumerable<string> Names => Known.Keys;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Mutant Find(string name) => Known[name];

    private static Mutant On(string member, string check, Func<StoreCall, object?> answer) => new(
        check,
        (clock, options) => Open(
            clock, options, call => string.Equals(call.Name, member, StringComparison.Ordinal) ? answer(call) : call.Proceed()));

    private static Mutant Opened(string check, Func<PeerstoreOptions, PeerstoreOptions> change, bool stopped = false) => new(
        check, (clock, options) => ConformanceStores.OpenInMemory(stopped ? new Testing.ManualTimeProvider() : clock, change(options)));

    private static ValueTask<IPeerstore> OpenHoarder(TimeProvider clock, PeerstoreOptions options)
    {
        var hoard = new Dictionary<PeerId, SignedEnvelope>();
        return Open(clock, options, call =>
        {
            if (call.Name is "ICertifiedAddressBook.ConsumeAsync" && call.Arguments[0] is PeerRecord record)
            {
                hoard[record.Peer] = record.Envelope;
            }

            return call.Name is "ICertifiedAddressBook.GetRecordAsync"
                ? new ValueTask<SignedEnvelope?>(hoard.GetValueOrDefault(call.Peer))
                : call.Proceed();
        });
    }

    private static ValueTask<IPeerstore> Open(TimeProvider clock, PeerstoreOptions options, Func<StoreCall, object?> rule) =>
        new(InterceptedStore.Around(MemoryPeerstore.Create(options, clock), rule));

    private static object? SilentOn<TException>(StoreCall call, object answer)
        where TException : Exception
    {
        try
        {
            return call.Proceed();
        }
        catch (TException)
        {
            return answer;
        }
    }

    private static IAsyncEnumerable<AddressEvent> Streamed(
        StoreCall call, Func<IAsyncEnumerable<AddressEvent>, AddressEvent, IAsyncEnumerable<AddressEvent>> change) =>
        change((IAsyncEnumerable<AddressEvent>)call.Proceed()!, new(AddressEventKind.Known, Sample.Address(0)));

    private static IReadOnlyList<Multiaddr> Addresses(StoreCall call) => (IReadOnlyList<Multiaddr>)call.Arguments[1]!;

    private static TimeSpan Ttl(StoreCall call) => (TimeSpan)call.Arguments[2]!;
}

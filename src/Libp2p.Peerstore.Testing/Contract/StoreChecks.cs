using System.Collections;
using static Libp2p.Peerstore.Testing.Given;

namespace Libp2p.Peerstore.Testing;

/// <summary>What holds for all members alike: the empty peer, mistakes of callers, cancellation, the end of the store.</summary>
internal static class StoreChecks
{
    private const string Empty =
        "The empty PeerId names nobody: questions about it find nothing, and storing something for it is an ArgumentException.";

    private const string Closing = "type Peerstore interface { io.Closer";

    public static CheckList All { get; } = new()
    {
        { Empty, Nothing_can_be_stored_for_the_empty_peer_id },
        { Empty, Questions_about_the_empty_peer_id_find_nothing },
        { "Every member may be called from any thread at any time; the operations on one peer are linearizable.", A_list_that_fails_changes_nothing },
        { "Cancels the wait, not the effect.", A_call_that_is_cancelled_before_it_begins_changes_nothing },
        { Closing, A_store_that_is_disposed_refuses_every_question },
        { Closing, A_store_that_is_disposed_refuses_every_change },
        { Closing, A_store_may_be_disposed_twice },
    };

    private static async Task Nothing_can_be_stored_for_the_empty_peer_id(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var key = Key();
        await RefusedAsync(async () => await s.AddAsync(default, Hour, Tcp));
        await RefusedAsync(async () => await s.Addresses.SetAsync(default, [Tcp], Hour));
        await RefusedAsync(async () => await s.Addresses.AnnounceAsync(default, [Tcp], Hour));
        await RefusedAsync(async () => await s.Keys.AddPublicKeyAsync(default, key.PublicKey));
        await RefusedAsync(async () => await s.Keys.AddPrivateKeyAsync(default, key));
        await RefusedAsync(async () => await s.Protocols.SetAsync(default, ["/a"]));
        await RefusedAsync(async () => await s.Protocols.AddAsync(default, ["/a"]));
        await RefusedAsync(async () => await s.Metadata.SetAsync(default, "k", 1));
        await RefusedAsync(async () => await s.Metrics.RecordLatencyAsync(default, Hour));
        await RefusedAsync(async () => await s.Store.UpdatePeerAsync(default, static _ => { }));
        Expect.None(await s.PeersAsync());

        static Task RefusedAsync(Func<Task> act) => Expect.ThrowsAsync<ArgumentException>(act);
    }

    private static async Task Questions_about_the_empty_peer_id_find_nothing(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        Expect.None(await s.Addresses.GetAsync(default));
        Expect.None(await s.Addresses.GetDetailsAsync(default));
        Expect.None((await s.Store.GetInfoAsync(default(PeerId))).Addresses);
        Expect.Equal(default, (await s.Store.GetSnapshotAsync(default)).Version);
        Expect.Equal(null, await s.Records.GetRecordAsync(default));
        Expect.Equal(null, await s.Keys.GetPublicKeyAsync(default));
        Expect.None(await s.Protocols.GetSupportedAsync(default, ["/a"]));
        Expect.Equal(null, await s.Protocols.GetFirstSupportedAsync(default, ["/a"]));
        Expect.That(!(await s.Metadata.TryGetAsync<string>(default, "k")).Found, "no value", "one");
        Expect.None(await s.Metadata.GetKeysAsync(default));
        Expect.Equal(null, await s.Metrics.GetLatencyAsync(default));
    }

    private static async Task A_list_that_fails_changes_nothing(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxAddresses = 2, WhenFull = FullPolicy.RefuseNew });
        var peer = Peer();
        for (var i = 0; i < 10; i++)
        {
            await Expect.ThrowsAsync<InvalidOperationException>(async () => await s.Addresses.AddAsync(peer, new FailingList(), Hour));
        }

        await Expect.ThrowsAsync<ArgumentNullException>(async () => await s.Addresses.AddAsync(peer, null!, Hour));
        await Expect.ThrowsAsync<ArgumentNullException>(async () => await s.Protocols.AddAsync(peer, null!));
        Expect.None(await s.PeersAsync());
        Expect.Equal(2, (await s.AddAsync(peer, Hour, Tcp, Quic)).Added);
    }

    private static async Task A_call_that_is_cancelled_before_it_begins_changes_nothing(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        var cancelled = new CancellationToken(canceled: true);
        await CancelledAsync(async () => await s.Addresses.AddAsync(peer, [Tcp], Hour, cancelled));
        await CancelledAsync(async () => await s.Protocols.SetAsync(peer, ["/a"], cancelled));
        await CancelledAsync(async () => await s.Metadata.SetAsync(peer, "k", 1, cancelled));
        await CancelledAsync(async () => await s.Metrics.RecordLatencyAsync(peer, Hour, cancelled));
        await CancelledAsync(async () => await s.Store.UpdatePeerAsync(peer, static edit => edit.AddProtocols(["/a"]), cancelled));
        await CancelledAsync(async () => await s.Addresses.GetAsync(peer, cancelled));
        Expect.None(await s.PeersAsync());

        static Task CancelledAsync(Func<Task> act) => Expect.ThrowsAsync<OperationCanceledException>(act);
    }

    private static async Task A_store_that_is_disposed_refuses_every_question(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        var records = s.Records;
        await s.DisposeAsync();
        await RefusedAsync(async () => await s.Addresses.GetAsync(peer));
        await RefusedAsync(async () => await s.Addresses.GetDetailsAsync(peer));
        await RefusedAsync(() => StoreUnderTest.ToSetAsync(s.Addresses.GetPeersAsync()));
        await RefusedAsync(async () => await s.Addresses.WatchAsync(peer).GetAsyncEnumerator().MoveNextAsync());
        await RefusedAsync(async () => await records.GetRecordAsync(peer));
        await RefusedAsync(async () => await s.Keys.GetPublicKeyAsync(peer));
        await RefusedAsync(async () => await s.Keys.GetPrivateKeyAsync(peer));
        await RefusedAsync(async () => await s.Protocols.GetAsync(peer));
        await RefusedAsync(async () => await s.Protocols.GetSupportedAsync(peer, ["/a"]));
        await RefusedAsync(async () => await s.Protocols.GetFirstSupportedAsync(peer, ["/a"]));
        await RefusedAsync(async () => await s.Metadata.TryGetAsync<string>(peer, "k"));
        await RefusedAsync(async () => await s.Metadata.GetKeysAsync(peer));
        await RefusedAsync(async () => await s.Metrics.GetLatencyAsync(peer));
        await RefusedAsync(async () => await s.Store.GetInfoAsync(peer));
        await RefusedAsync(async () => await s.Store.GetSnapshotAsync(peer));
        await RefusedAsync(s.PeersAsync);
        if (s.Store is ISweepable sweepable)
        {
            await RefusedAsync(async () => await sweepable.SweepAsync());
        }
    }

    private static async Task A_store_that_is_disposed_refuses_every_change(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var (key, records) = (Key(), s.Records);
        var record = Record(key, 1, Tcp);
        await s.DisposeAsync();
        await RefusedAsync(async () => await s.AddAsync(record.Peer, Hour, Tcp));
        await RefusedAsync(async () => await s.Addresses.SetAsync(record.Peer, [Tcp], Hour));
        await RefusedAsync(async () => await s.Addresses.UpdateAsync(record.Peer, Hour, Minute));
        await RefusedAsync(async () => await s.Addresses.ClearAsync(record.Peer));
        await RefusedAsync(async () => await records.ConsumeAsync(record, Hour));
        await RefusedAsync(async () => await records.ConsumeAsync(record.Envelope.Bytes, Hour));
        await RefusedAsync(async () => await s.Keys.AddPublicKeyAsync(record.Peer, key.PublicKey));
        await RefusedAsync(async () => await s.Keys.AddPrivateKeyAsync(record.Peer, key));
        await RefusedAsync(async () => await s.Protocols.AddAsync(record.Peer, ["/a"]));
        await RefusedAsync(async () => await s.Metadata.SetAsync(record.Peer, "k", 1));
        await RefusedAsync(async () => await s.Metrics.RecordLatencyAsync(record.Peer, Hour));
        await RefusedAsync(async () => await s.Store.UpdatePeerAsync(record.Peer, static edit => edit.AddProtocols(["/a"])));
        await RefusedAsync(async () => await s.Store.RemovePeerAsync(record.Peer));
    }

    private static async Task A_store_may_be_disposed_twice(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        await s.AddAsync(Peer(), Hour, Tcp);
        await s.DisposeAsync();
        await s.DisposeAsync();
    }

    private static Task<ObjectDisposedException> RefusedAsync(Func<Task> act) => Expect.ThrowsAsync<ObjectDisposedException>(act);

    private sealed class FailingList : IReadOnlyList<Multiaddr>
    {
        public int Count => 2;

        public Multiaddr this[int index] => index == 0 ? Tcp : throw new InvalidOperationException();

        public IEnumerator<Multiaddr> GetEnumerator()
        {
            yield return this[0];
            yield return this[1];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

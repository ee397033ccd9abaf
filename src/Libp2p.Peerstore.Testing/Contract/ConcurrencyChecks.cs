using static Libp2p.Peerstore.Testing.Given;

namespace Libp2p.Peerstore.Testing;

/// <summary>Many threads on one peer. What is left must be what some order of the calls would have left.</summary>
internal static class ConcurrencyChecks
{
    private const int Threads = 8;
    private const int Rounds = 50;
    private const string ThreadSafe = "Peerstore provides a thread-safe store of Peer related information.";

    public static CheckList All { get; } = new()
    {
        { ThreadSafe, Concurrent_changes_of_a_peer_are_all_kept },
        { ThreadSafe, Of_records_offered_at_once_the_one_with_the_highest_sequence_stays },
        { "Does the same if the peer is still as it was at a version: compare and set.", Of_concurrent_edits_of_one_version_one_is_applied },
        { "Changes several books of a peer in one step: a snapshot shows all of it or nothing.", A_snapshot_never_shows_half_of_an_edit },
        {
            "A listing that runs beside changes: a peer that is known throughout is listed exactly once, one that comes or "
            + "goes meanwhile may be listed or not.",
            A_peer_that_is_known_throughout_is_listed_once_beside_changes
        },
    };

    private static async Task Concurrent_changes_of_a_peer_are_all_kept(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxAddressesPerPeer = 0, MaxProtocolsPerPeer = 1000, MaxMetadataKeysPerPeer = 1000 });
        var peer = Peer();
        await TogetherAsync(async thread =>
        {
            for (var i = thread * Rounds; i < (thread + 1) * Rounds; i++)
            {
                await s.AddAsync(peer, Hour, Address(i));
                await s.Protocols.AddAsync(peer, [$"/{i}"]);
                await s.Metadata.SetAsync(peer, $"{i}", i);
                await s.Metrics.RecordLatencyAsync(peer, Minute);
            }
        });
        Expect.Set(Addresses(Threads * Rounds), await s.Addresses.GetAsync(peer));
        Expect.Set(Enumerable.Range(0, Threads * Rounds).Select(static i => $"/{i}"), await s.Protocols.GetAsync(peer));
        Expect.Set(Enumerable.Range(0, Threads * Rounds).Select(static i => $"{i}"), await s.Metadata.GetKeysAsync(peer));
        Expect.Equal(Minute, await s.Metrics.GetLatencyAsync(peer));
    }

    private static async Task Of_records_offered_at_once_the_one_with_the_highest_sequence_stays(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { NewerRecord = NewerRecordRule.ReplaceFormer });
        var key = Key();
        PeerRecord[] records = [.. Enumerable.Range(0, Threads).Select(i => Record(key, (ulong)i, Address(i)))];
        for (var round = 0; round < Rounds; round++)
        {
            await TogetherAsync(async thread => await s.Records.ConsumeAsync(records[thread], Hour));
            Expect.Bytes(records[^1].Envelope.Bytes, (await s.Records.GetRecordAsync(records[0].Peer))?.Bytes);
            Expect.List([Address(Threads - 1)], await s.Addresses.GetAsync(records[0].Peer));
            await s.Addresses.ClearAsync(records[0].Peer);
        }
    }

    private static async Task Of_concurrent_edits_of_one_version_one_is_applied(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.Metadata.SetAsync(peer, "count", 0);
        await TogetherAsync(async _ =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                await CountUpAsync(s, peer);
            }
        });
        Expect.Equal(Threads * Rounds, await s.Metadata.GetAsync<int>(peer, "count"));
    }

    private static async Task CountUpAsync(StoreUnderTest s, PeerId peer)
    {
        PeerEditOutcome outcome;
        do
        {
            var version = (await s.Store.GetSnapshotAsync(peer)).Version;
            var count = await s.Metadata.GetAsync<int>(peer, "count");
            outcome = await s.Store.UpdatePeerAsync(peer, version, edit => edit.SetMetadata("count", count + 1));
        }
        while (outcome == PeerEditOutcome.VersionChanged);

        Expect.Equal(PeerEditOutcome.Applied, outcome);
    }

    private static async Task A_snapshot_never_shows_half_of_an_edit(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await TogetherAsync(async thread =>
        {
            for (var i = 0; i < Rounds * 4; i++)
            {
                if (thread == 0)
                {
                    await s.Store.UpdatePeerAsync(
                        peer, static edit => edit.AddAddresses([Tcp], Hour).SetProtocols(["/a"]).SetMetadata("k", 1).RecordLatency(Hour));
                    await s.Store.UpdatePeerAsync(
                        peer, static edit => edit.RemoveLatency().RemoveAllMetadata().SetProtocols([]).ClearAddresses());
                    continue;
                }

                var seen = await s.Store.GetSnapshotAsync(peer);
                var (addresses, protocols) = (seen.Addresses.Count, seen.Protocols.Count);
                var (values, latency) = (seen.MetadataKeys.Count, seen.Latency is null ? 0 : 1);
                Expect.That(
                    (addresses, protocols, values) == (protocols, values, latency),
                    "all of an edit or nothing",
                    $"{addresses} addresses, {protocols} protocols, {values} values, {latency} latencies");
            }
        });
    }

    private static async Task A_peer_that_is_known_throughout_is_listed_once_beside_changes(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var known = Peers(20);
        foreach (var peer in known)
        {
            await s.AddAsync(peer, Hour, Tcp);
        }

        await TogetherAsync(async thread =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                if (thread < Threads / 2)
                {
                    var passing = Peer();
                    await s.Protocols.SetAsync(passing, ["/a"]);
                    await s.Protocols.RemovePeerAsync(passing);
                }
                else
                {
                    var listed = await s.PeersAsync();
                    Expect.That(listed.IsSupersetOf(known), "every peer that is known", $"{listed.Count} peers");
                }
            }
        });
    }

    private static Task TogetherAsync(Func<int, Task> work) =>
        Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() => work(thread))));
}

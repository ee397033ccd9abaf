namespace Libp2p.Peerstore.Tests;

/// <summary>Wound 7 of the field: a store that an attacker fills once, and then it is his; or that has no limit at all.</summary>
public class FloodTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_store_that_was_flooded_still_takes_a_new_address_and_keeps_who_is_connected(StoreKind kind)
    {
        // go-libp2p refuses what is new from then on.
        await using var store = await TestStore.OpenAsync(kind, new() { MaxAddresses = 50, SweepInterval = TimeSpan.Zero });
        var (friend, user) = (Sample.NewPeer(), Sample.NewPeer());
        await store.Addresses.AddAsync(friend, [Sample.Tcp], AddressTtl.Connected, Token);
        await store.Addresses.AddAsync(friend, [Sample.Quic], Sample.Minute, Token);
        await store.Addresses.AddAsync(user, [Sample.Tcp], AddressTtl.Permanent, Token);
        for (var i = 0; i < 100; i++)
        {
            await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp, Sample.Quic], Sample.Hour, Token);
        }

        var late = Sample.NewPeer();
        Assert.Equal(1, (await store.Addresses.AddAsync(late, [Sample.Six], AddressTtl.Temporary, Token)).Added);
        Assert.Equal([Sample.Six], await store.Addresses.GetAsync(late, Token));
        Assert.Equal([Sample.Tcp, Sample.Quic], await store.Addresses.GetAsync(friend, Token));
        Assert.Equal([Sample.Tcp], await store.Addresses.GetAsync(user, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Signed_records_of_random_ids_stay_within_the_limit_and_the_last_one_is_taken(StoreKind kind)
    {
        // CVE-2023-40583: such records took a node of 4 GB down in 90 s.
        await using var store = await TestStore.OpenAsync(kind, new() { MaxSignedRecords = 10, SweepInterval = TimeSpan.Zero });
        var records = Enumerable.Range(0, 40).Select(static _ => Sample.Record(Sample.NewKey(), 1, Sample.Tcp)).ToList();
        foreach (var record in records)
        {
            Assert.Equal(RecordOutcome.Accepted, await store.Records.ConsumeAsync(record.Envelope.Bytes, Sample.Hour, Token));
        }

        var held = 0;
        foreach (var record in records)
        {
            held += await store.Records.GetRecordAsync(record.Peer, Token) is null ? 0 : 1;
        }

        Assert.Equal(10, held);
        Assert.NotNull(await store.Records.GetRecordAsync(records[^1].Peer, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Protocols_that_come_in_pieces_are_limited_after_they_are_joined(StoreKind kind)
    {
        // Wound 8, go-libp2p#3501: 1800 protocols through chunks of identify, each within the limit.
        await using var store = await TestStore.OpenAsync(kind);
        var (peer, most) = (Sample.NewPeer(), new PeerstoreOptions().MaxProtocolsPerPeer);
        for (var chunk = 0; chunk < 18; chunk++)
        {
            string[] protocols = [.. Enumerable.Range(chunk * 100, 100).Select(static i => $"/p/{i}")];
            Assert.Equal(
                chunk == 0 ? ProtocolOutcome.Stored : ProtocolOutcome.TooMany,
                await store.Peers.Protocols.AddAsync(peer, protocols, Token));
        }

        Assert.InRange((await store.Peers.Protocols.GetAsync(peer, Token)).Count, 1, most);
    }
}

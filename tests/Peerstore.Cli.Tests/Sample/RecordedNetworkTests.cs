using System.Text.Json;
using Libp2p;
using Libp2p.Peerstore;
using Libp2p.Peerstore.Sqlite;
using Peerstore.Cli.Commands;

namespace Peerstore.Cli.Tests;

/// <summary>What a store holds after the recorded js-libp2p network has been ingested.</summary>
public sealed class RecordedNetworkTests : TemporaryDirectory
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_summary_counts_every_line_peer_and_envelope(bool sqlite)
    {
        await using var store = await OpenAsync(sqlite);
        var ingestion = await IngestAsync(store);

        Assert.Equal(2347, ingestion.Summary.Lines.Good);
        Assert.Empty(ingestion.BadLines);
        Assert.Equal(12, ingestion.Summary.Peers);
        Assert.Equal(12, (await ingestion.PeersAsync()).Count);
        Assert.Equal(530, ingestion.Summary.Events["peer:identify"]);
        Assert.Equal(253, ingestion.Summary.Records.Verified);
        Assert.Equal(530 - 253, ingestion.Summary.Records.Repeated);
        Assert.Equal(
            530, ingestion.Summary.Records.Accepted + ingestion.Summary.Records.Refreshed + ingestion.Summary.Records.Stale);
        Assert.Empty(ingestion.Summary.Records.Refused);
        Assert.Equal(6, ingestion.Summary.DialsThatFailed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_stored_record_is_the_one_with_the_highest_seq_byte_for_byte(bool sqlite)
    {
        await using var store = await OpenAsync(sqlite);
        await IngestAsync(store);

        Assert.True(store.Addresses.TryGetCertified(out var certified));
        Assert.Equal(12, ExpectedPeer.All.Count);
        foreach (var expected in ExpectedPeer.All)
        {
            var stored = await certified.GetRecordAsync(PeerId.Parse(expected.Peer), Cancellation);
            Assert.NotNull(stored);
            Assert.Equal(expected.Envelope, stored.Bytes.ToArray());
            Assert.Equal(
                EnvelopeOutcome.Opened, PeerRecord.TryRead(stored, DecodeLimits.Default, out var record, out _));
            Assert.Equal(expected.Sequence, record!.Sequence);
            Assert.Equal(expected.Certified, Sorted(record.Addresses));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Certified_addresses_are_those_that_every_final_store_of_js_has(bool sqlite)
    {
        await using var store = await OpenAsync(sqlite);
        await IngestAsync(store);

        foreach (var expected in ExpectedPeer.All)
        {
            var certified = await CertifiedAsync(store, PeerId.Parse(expected.Peer));
            Assert.Equal(expected.Certified, certified);
            // Also the views that hold an older envelope: none of its addresses has changed since.
            JsonElement[] views = [.. FinalViews(expected.Peer)];
            Assert.InRange(views.Length, 8, 11);
            Assert.All(views, view => Assert.Equal(certified, CertifiedOf(view), StringComparer.Ordinal));
            Assert.Contains(views, view => view.GetProperty("envelope").GetBytesFromBase64().AsSpan().SequenceEqual(expected.Envelope));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Agent_and_protocols_are_those_of_the_last_identify(bool sqlite)
    {
        await using var store = await OpenAsync(sqlite);
        var ingestion = await IngestAsync(store);

        foreach (var expected in ExpectedPeer.All)
        {
            var peer = PeerId.Parse(expected.Peer);
            Assert.Equal(expected.Agent, await ingestion.AgentAsync(peer));
            Assert.Equal(expected.Protocols, await store.Protocols.GetAsync(peer, Cancellation));
            Assert.All(FinalViews(expected.Peer), view => Assert.Equal(
                expected.Protocols, view.GetProperty("protocols").Texts().Order(StringComparer.Ordinal), StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Half_of_the_peers_came_back_on_other_ports_with_the_same_key()
    {
        await using var store = await OpenAsync(sqlite: false);
        var ingestion = await IngestAsync(store);

        ExpectedPeer[] returned = [.. ExpectedPeer.All.Where(peer => peer.Agent.EndsWith("+restarted", StringComparison.Ordinal))];
        Assert.Equal(6, returned.Length);
        foreach (var expected in returned)
        {
            var peer = PeerId.Parse(expected.Peer);
            // The newer record has dropped the former ports, also those that had been dialled.
            Assert.Equal(expected.Certified, await ingestion.AddressesAsync(peer), StringComparer.Ordinal);
            Assert.All(expected.Certified, address => Assert.Matches("/tcp/2[23][0-9]{3}$", address));
            Assert.Equal(expected.Agent, await ingestion.AgentAsync(peer));
        }
    }

    private async Task<IPeerstore> OpenAsync(bool sqlite) => sqlite
        ? await SqlitePeerstore.OpenAsync(
            Db, new SqlitePeerstoreOptions { Store = StoreFile.Options }, cancellationToken: Cancellation)
        : MemoryPeerstore.Create(StoreFile.Options);

    private static async Task<Ingestion> IngestAsync(IPeerstore store)
    {
        await using var input = File.OpenRead(SampleData.Network);
        return await Ingestion.OfAsync(store, input);
    }

    private static async Task<IReadOnlyList<string>> CertifiedAsync(IPeerstore store, PeerId peer)
    {
        var details = await store.Addresses.GetDetailsAsync(peer, Cancellation);
        return Sorted(details.Where(address => address.IsCertified).Select(address => address.Address));
    }

    private static string[] Sorted(IEnumerable<Multiaddr> addresses) =>
        [.. addresses.Select(address => address.ToString()).Order(StringComparer.Ordinal)];

    private static IEnumerable<JsonElement> FinalViews(string peer) => SampleData.Events("store")
        .SelectMany(line => line.GetProperty("peers").EnumerateArray())
        .Where(view => view.GetProperty("peerId").ValueEquals(peer));

    private static IEnumerable<string> CertifiedOf(JsonElement view) => view.GetProperty("addresses").EnumerateArray()
        .Where(address => address.GetProperty("certified").GetBoolean())
        .Select(address => address.GetProperty("addr").GetString()!)
        .Order(StringComparer.Ordinal);
}

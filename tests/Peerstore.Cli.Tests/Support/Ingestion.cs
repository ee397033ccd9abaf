using System.Text;
using Libp2p;
using Libp2p.Peerstore;
using Peerstore.Cli.Commands;
using Peerstore.Cli.Ingest;

namespace Peerstore.Cli.Tests;

/// <summary>Reads lines into a store as the command does, and keeps what came of it.</summary>
internal sealed class Ingestion
{
    private Ingestion(IPeerstore store, IngestSummary summary, BadLines badLines)
    {
        Store = store;
        Summary = summary;
        BadLines = badLines;
    }

    public IPeerstore Store { get; }

    public IngestSummary Summary { get; }

    public BadLines BadLines { get; }

    public static Task<Ingestion> OfAsync(params IEnumerable<string> lines) =>
        OfAsync(MemoryPeerstore.Create(StoreFile.Options), new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))));

    public static async Task<Ingestion> OfAsync(IPeerstore store, Stream input)
    {
        var badLines = new BadLines();
        var run = new IngestRun(new ReadyStore(store), StoreFile.Options, AddressTtl.Address, badLines);
        await run.ReadAsync(input, progress: null, TestContext.Current.CancellationToken);
        return new Ingestion(store, run.Summary, badLines);
    }

    public async Task<List<PeerId>> PeersAsync() =>
        await StoreFile.ListPeersAsync(Store, TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<string>> AddressesAsync(PeerId peer)
    {
        var addresses = await Store.Addresses.GetAsync(peer, TestContext.Current.CancellationToken);
        return [.. addresses.Select(address => address.ToString()).Order(StringComparer.Ordinal)];
    }

    public async Task<string?> AgentAsync(PeerId peer)
    {
        var value = await Store.Metadata.TryGetAsync<string>(
            peer, MetadataKeys.AgentVersion, TestContext.Current.CancellationToken);
        return value.Found ? value.Value : null;
    }
}

using Libp2p.Peerstore;
using Peerstore.Cli.Ingest;

namespace Peerstore.Cli.Tests;

/// <summary>A store that is there already.</summary>
internal sealed class ReadyStore(IPeerstore store) : IStoreSource
{
    public ValueTask<IPeerstore?> GetAsync(bool toStore) => new(store);
}

using Libp2p.Peerstore;

namespace Peerstore.Cli.Ingest;

/// <summary>Gives an ingestion its store, at the latest when there is something to store.</summary>
internal interface IStoreSource
{
    /// <summary>Gets the store, the same each time.</summary>
    /// <param name="toStore">Whether something new is to be stored, for which a store is made where there is none.</param>
    /// <returns>The store, or null where there is none and nothing to be stored.</returns>
    ValueTask<IPeerstore?> GetAsync(bool toStore);
}

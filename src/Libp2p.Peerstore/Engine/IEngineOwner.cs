namespace Libp2p.Peerstore;

/// <summary>A store that answers from an engine, which whoever copies whole peers reads and fills.</summary>
internal interface IEngineOwner
{
    PeerstoreEngine Engine { get; }

    /// <summary>The engine of a store.</summary>
    /// <exception cref="ArgumentException">It is not one of this library's stores.</exception>
    static PeerstoreEngine Of(IPeerstore store, string name)
    {
        ArgumentNullException.ThrowIfNull(store, name);
        return store is IEngineOwner owner
            ? owner.Engine
            : throw new ArgumentException($"A {store.GetType()} is not a store that keeps whole entries: {nameof(MemoryPeerstore)} and the SQLite store do.", name);
    }
}

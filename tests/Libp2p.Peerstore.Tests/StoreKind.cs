namespace Libp2p.Peerstore.Tests;

public enum StoreKind
{
    Memory,
    Sqlite,
}

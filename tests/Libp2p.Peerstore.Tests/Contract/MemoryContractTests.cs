using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

#region contract-xunit-store
public sealed class MemoryContractTests() : PeerstoreContractTests(Run)
{
    private static readonly ContractRun Run = new(ConformanceStores.OpenInMemory);
}
#endregion

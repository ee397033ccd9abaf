using Libp2p.Peerstore.Sqlite;
using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

public sealed class SqliteContractTests(SqliteContractTests.Files files) : PeerstoreContractTests(files.Run), IClassFixture<SqliteContractTests.Files>
{
    /// <summary>One folder for the files of all checks, and the run that all tests of the class share.</summary>
    public sealed class Files : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Files() => Run = new ContractRun(async (clock, options) => await SqlitePeerstore.OpenAsync(
            _folder.File($"{Guid.NewGuid():N}.db"),
            new SqlitePeerstoreOptions { Store = options, PrivateKeys = PrivateKeyProtection.StoreInClear },
            clock));

        public ContractRun Run { get; }

        public void Dispose() => _folder.Dispose();
    }
}

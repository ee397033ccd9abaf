using Libp2p.Peerstore.Sqlite;
using Peerstore.Scorecard.Data;

namespace Peerstore.Scorecard.Durable;

/// <summary>A way of being durable: with which options the file is opened.</summary>
/// <param name="Name">The name that is printed.</param>
/// <param name="Options">The options.</param>
internal sealed record DurableMode(string Name, SqlitePeerstoreOptions Options)
{
    /// <summary>All that are measured, one after the other.</summary>
    public static IReadOnlyList<DurableMode> All { get; } =
    [
        new("write-behind", new SqlitePeerstoreOptions { Store = OpenStore.Options }),
    ];
}

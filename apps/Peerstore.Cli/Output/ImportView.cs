using Libp2p.Peerstore;

namespace Peerstore.Cli.Output;

/// <summary>What <c>import</c> read: <see cref="PeerstoreImportReport"/>, with names for JSON.</summary>
internal sealed record ImportView
{
    /// <summary>When the export was made.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>Entries that were read.</summary>
    public required long Entries { get; init; }

    /// <summary>Entries that changed something.</summary>
    public required long Changed { get; init; }

    /// <summary>Entries that changed nothing.</summary>
    public required long Unchanged { get; init; }

    /// <summary>Entries for which there was no room.</summary>
    public required long NoRoom { get; init; }

    /// <summary>Entries that could not be read.</summary>
    public required long Damaged { get; init; }

    /// <summary>What became of the addresses.</summary>
    public required ImportedAddresses Addresses { get; init; }

    /// <summary>What became of the signed records.</summary>
    public required ImportedRecords Records { get; init; }

    /// <summary>Keys, sets of protocols and metadata values that were refused.</summary>
    public required long OthersRefused { get; init; }

    /// <summary>Private keys that were taken.</summary>
    public required long PrivateKeys { get; init; }

    /// <summary>Private keys that were left out.</summary>
    public required long PrivateKeysLeftOut { get; init; }

    /// <summary>What was damaged and refused; the first hundred.</summary>
    public required IReadOnlyList<ImportProblemView> Problems { get; init; }

    /// <summary>Writes a report down.</summary>
    /// <param name="report">The report.</param>
    public static ImportView From(PeerstoreImportReport report) => new()
    {
        Made = report.Made,
        Entries = report.Entries,
        Changed = report.Changed,
        Unchanged = report.Unchanged,
        NoRoom = report.NoRoom,
        Damaged = report.Damaged,
        Addresses = new(report.AddressesAdded, report.AddressesRenewed, report.AddressesEnded, report.AddressesLeftOut, report.AddressesShortened),
        Records = new(report.RecordsAccepted, report.RecordsStale, report.RecordsRefused),
        OthersRefused = report.OthersRefused,
        PrivateKeys = report.PrivateKeys,
        PrivateKeysLeftOut = report.PrivateKeysLeftOut,
        Problems = [.. report.Problems.Select(ImportProblemView.From)],
    };
}

namespace Libp2p.Peerstore;

/// <summary>What became of the entries of an export.</summary>
/// <remarks>
/// Immutable. Each entry is counted once, as <see cref="Changed"/>, <see cref="Unchanged"/>, <see cref="NoRoom"/> or
/// <see cref="Damaged"/>; what a store that is full gives up for them is not counted.
/// </remarks>
public sealed record PeerstoreImportReport
{
    /// <summary>How many <see cref="Problems"/> are kept at most.</summary>
    public const int MaxProblems = 100;

    /// <summary>When the export was made, as it says itself; <c>default</c> where that could not be read.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>The entries that were read, damaged ones included.</summary>
    public required long Entries { get; init; }

    /// <summary>The peers that were new, or of whom something was.</summary>
    public required long Changed { get; init; }

    /// <summary>The entries that changed nothing: all was known, has ended, or was refused.</summary>
    public required long Unchanged { get; init; }

    /// <summary>The peers for whom there was no room.</summary>
    public required long NoRoom { get; init; }

    /// <summary>The entries that could not be read, or are longer than <see cref="PeerstoreImportOptions.MaxEntryBytes"/>.</summary>
    public required long Damaged { get; init; }

    /// <summary>The addresses that were new.</summary>
    public required long AddressesAdded { get; init; }

    /// <summary>The addresses that were known and now live longer.</summary>
    public required long AddressesRenewed { get; init; }

    /// <summary>The addresses that had ended.</summary>
    public required long AddressesEnded { get; init; }

    /// <summary>
    /// The addresses that were not taken: the peer's own limit left no room, a limit on one address is exceeded, they are
    /// another peer's, or stood in a record that was not taken.
    /// </summary>
    public required long AddressesLeftOut { get; init; }

    /// <summary>
    /// The addresses whose lifetime is longer than is taken, and that were offered to the store with a shorter one: see
    /// <see cref="PeerstoreImportOptions.PermanentAddresses"/>. They are counted among the others, too.
    /// </summary>
    public required long AddressesShortened { get; init; }

    /// <summary>The signed records that were taken.</summary>
    public required long RecordsAccepted { get; init; }

    /// <summary>The signed records that are older than the store's, which stay.</summary>
    public required long RecordsStale { get; init; }

    /// <summary>The signed records that were refused: a forged one, say, or one for which there is no room.</summary>
    public required long RecordsRefused { get; init; }

    /// <summary>The public keys, sets of protocols and metadata values that a limit was against.</summary>
    public required long OthersRefused { get; init; }

    /// <summary>The private keys that were taken, or known.</summary>
    public required long PrivateKeys { get; init; }

    /// <summary>The private keys that were left out, see <see cref="PeerstoreImportOptions.PrivateKeys"/>.</summary>
    public required long PrivateKeysLeftOut { get; init; }

    /// <summary>
    /// What was damaged and refused, in the order of the export; the first <see cref="MaxProblems"/>. What a full store has
    /// no room for, is known, old or left out is none.
    /// </summary>
    public required IReadOnlyList<PeerstoreImportProblem> Problems { get; init; }
}

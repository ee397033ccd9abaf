namespace Libp2p.Peerstore;

/// <summary>What is taken of an export. How much of it is for the store to say: <see cref="PeerstoreOptions"/>.</summary>
/// <remarks>Immutable; safe to share.</remarks>
public sealed record PeerstoreImportOptions
{
    /// <summary>30 days: the longest lifetime that an export can give to an address, unless <see cref="PermanentAddresses"/> is set.</summary>
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(30);

    /// <summary>
    /// Whether private keys are taken, where the export has any. Default false: they are left out and counted, since a peer with
    /// a private key never makes room for others.
    /// </summary>
    public bool PrivateKeys { get; init; }

    /// <summary>
    /// Whether an address lives for as long as the export says, also for ever. Default false, since a peer with a permanent
    /// address never makes room for others: a permanent address then lives <see cref="AddressTtl.Address"/> from now on, one
    /// of a longer lifetime than <see cref="LongestLifetime"/> that long, and both are counted. True is for an export of
    /// one's own.
    /// </summary>
    public bool PermanentAddresses { get; init; }

    /// <summary>
    /// The domains in which a signed record may have been signed. Default those of
    /// <see cref="PeerRecord.TryOpen(ReadOnlyMemory{byte}, out PeerRecord?)"/>; a record of a domain of the application's own is
    /// refused unless that is named here.
    /// </summary>
    public IReadOnlyList<string> RecordDomains { get; init; } = [PeerRecord.Domain, PeerRecord.LegacyDomain];

    /// <summary>
    /// The bytes of one entry. A longer one is passed over without being held in memory, and counts as damaged. Default 4,194,304:
    /// more than the other limits allow of one peer, where they are the defaults.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one.</exception>
    public int MaxEntryBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 4 << 20;

    /// <summary>Told how far the import has come, every few thousand entries. Default nobody. It should return at once.</summary>
    public IProgress<PeerstoreImportProgress>? Progress { get; init; }
}

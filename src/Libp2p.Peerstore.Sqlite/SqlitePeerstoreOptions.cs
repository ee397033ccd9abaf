namespace Libp2p.Peerstore.Sqlite;

/// <summary>How a peerstore in a SQLite file behaves.</summary>
/// <remarks>Immutable; safe to share between stores.</remarks>
public sealed record SqlitePeerstoreOptions
{
    /// <summary>The least that <see cref="MaxFileBytes"/> can be: 1 MiB.</summary>
    public const long LeastMaxFileBytes = 1 << 20;

    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(1);

    /// <summary>What holds for any store: limits, lifetimes, rules.</summary>
    public PeerstoreOptions Store { get; init; } = new();

    /// <summary>Whether a file that is not there is made. Default true; otherwise that is an error.</summary>
    public bool CreateIfMissing { get; init; } = true;

    /// <summary>What has become of a change by the time a call completes. Default <see cref="Durability.Behind"/>.</summary>
    public Durability Durability { get; init; } = Durability.Behind;

    /// <summary>
    /// How long changes come together before they are written. Default 100 ms. With <see cref="Durability.OnAcknowledge"/>,
    /// only how long a failed write waits before it is tried again.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not between zero and a day.</exception>
    public TimeSpan WriteWindow { get; init => field = Checked(value); } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How long a peer waits to be written of which nothing changed but how long its addresses live. Default 10 s. A process
    /// that is killed loses renewals, and no addresses, that are younger. With <see cref="Durability.OnAcknowledge"/> a
    /// renewal is a change like any other.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not between zero and a day.</exception>
    public TimeSpan RenewalWindow { get; init => field = Checked(value); } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many peers may wait to be written. Default 262,144, which takes some 20 MB. With more, calls that change something
    /// wait for the disk; where it cannot be written at all, they fail with a <see cref="PeerstoreException"/> before they
    /// change anything. Questions are answered all the while.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one.</exception>
    public int MaxDirtyPeers
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 262_144;

    /// <summary>
    /// How many bytes the file has at most. Default 8 GiB, which holds ten million peers of five addresses each. The log beside
    /// it counts apart: an eighth of this, 32 MB at most, and what one transaction writes; more while a backup is made.
    /// Where it is reached, <see cref="PeerstoreOptions.WhenFull"/> decides as where <see cref="PeerstoreOptions.MaxPeers"/> is:
    /// the least valuable peers make room, in memory and in the file, or new ones are refused. What nobody makes room for
    /// is not written, and <see cref="SqlitePeerstore.WriteFailure"/> says so until there is room. A file that has
    /// more when it is opened is written anew.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than <see cref="LeastMaxFileBytes"/>.</exception>
    public long MaxFileBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, LeastMaxFileBytes);
            field = value;
        }
    } = 8L << 30;

    /// <summary>
    /// How private keys are protected in the file, and what unlocks them. Default nothing: then the store takes none, and a
    /// file with protected ones is not opened. To store them in clear has to be said: <see cref="PrivateKeyProtection.StoreInClear"/>.
    /// </summary>
    public PrivateKeyProtection? PrivateKeys { get; init; }

    /// <summary>
    /// Whether a file that is damaged as a whole is salvaged when it is opened. Default true: what can be read of it makes a
    /// new file, the damaged one is kept beside it as <c>NAME.damaged-1</c>, and <see cref="SqlitePeerstore.SalvagedAtOpening"/>
    /// tells of it. Otherwise that is an error.
    /// </summary>
    public bool SalvageDamagedFile { get; init; } = true;

    /// <summary>
    /// Told while a file is opened how many of its peers were read, every few thousand of them. Default nobody. Called on the
    /// thread that reads: it should return at once.
    /// </summary>
    public IProgress<OpeningProgress>? Progress { get; init; }

    /// <summary>The file system that SQLite uses; its default where none is given. For tests.</summary>
    internal string? FileSystem { get; init; }

    /// <summary>After how many pages the log is copied into the database. For tests.</summary>
    internal int LogPages { get; init; } = 8192;

    private static TimeSpan Checked(TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, LongestWindow);
        return window;
    }
}

namespace Libp2p.Peerstore.Faults;

/// <summary>SQLite's result codes, by their names there.</summary>
public static class SqliteCode
{
    /// <summary>It worked.</summary>
    public const int Ok = 0;

    /// <summary>Somebody else holds the lock.</summary>
    public const int Busy = 5;

    /// <summary>The file may only be read.</summary>
    public const int ReadOnly = 8;

    /// <summary>The device failed; the extended codes say at what.</summary>
    public const int IoError = 10;

    /// <summary>The disk is full.</summary>
    public const int Full = 13;

    /// <summary>The file cannot be opened.</summary>
    public const int CannotOpen = 14;

    /// <summary>The code with which the device fails at a kind of call.</summary>
    public static int Natural(FileCalls call) => call switch
    {
        FileCalls.Open => CannotOpen,
        FileCalls.Read => IoError | (1 << 8),
        FileCalls.Write => IoError | (3 << 8),
        FileCalls.Sync => IoError | (4 << 8),
        FileCalls.Truncate => IoError | (6 << 8),
        FileCalls.Size => IoError | (7 << 8),
        FileCalls.Delete => IoError | (10 << 8),
        FileCalls.Exists => IoError | (13 << 8),
        FileCalls.Lock => IoError | (15 << 8),
        FileCalls.Share => IoError | (21 << 8),
        _ => IoError,
    };
}

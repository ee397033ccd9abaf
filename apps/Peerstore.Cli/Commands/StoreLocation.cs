namespace Peerstore.Cli.Commands;

/// <summary>Which file a command opens, and what unlocks the private keys in it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Passphrase">The passphrase, or null where none was given.</param>
internal sealed record StoreLocation(string Path, string? Passphrase)
{
    /// <summary>
    /// Whether private keys are to be stored. Only then the passphrase begins to protect a file that is not protected: a
    /// passphrase that stands in a variable for another file locks none.
    /// </summary>
    public bool TakesPrivateKeys { get; init; }

    /// <summary>How large the file may become. Where nobody says it there is no end: who looks into a file must not make it smaller.</summary>
    public long MaxFileBytes { get; init; } = long.MaxValue;

    /// <summary>Whether the command stores something. One that only looks does not replace a damaged file, either.</summary>
    public bool IsStoredTo { get; init; }

    /// <summary>What is said where a passphrase is missing; the record's own text would show one.</summary>
    public override string ToString() => Path;
}

namespace Libp2p.Peerstore.Sqlite;

/// <summary>What a check of a peerstore's file found.</summary>
/// <remarks>Immutable. The numbers are those of the file: what has ended since it was written is among them.</remarks>
public sealed record PeerstoreCheck
{
    /// <summary>How many <see cref="Findings"/> are kept at most.</summary>
    public const int MaxFindings = 100;

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsClean => Findings.Count == 0;

    /// <summary>What is wrong, one sentence without a full stop each; the first <see cref="MaxFindings"/>.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>The version of the schema.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The peers that can be read.</summary>
    public required long Peers { get; init; }

    /// <summary>The peers that cannot be read. A store sets them aside when it opens the file.</summary>
    public required long DamagedPeers { get; init; }

    /// <summary>The peers that were set aside before. They are kept for whoever wants to look, and are no finding.</summary>
    public required long SetAside { get; init; }

    /// <summary>The addresses of the peers that can be read.</summary>
    public required long Addresses { get; init; }

    /// <summary>The signed records of the peers that can be read.</summary>
    public required long Records { get; init; }

    /// <summary>The private keys of the peers that can be read.</summary>
    public required long PrivateKeys { get; init; }

    /// <summary>The bytes of all entries, damaged ones included.</summary>
    public required long EntryBytes { get; init; }

    /// <summary>The bytes of the file, without the log that may stand beside it.</summary>
    public required long FileBytes { get; init; }
}

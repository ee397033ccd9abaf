namespace Libp2p.Peerstore;

/// <summary>What an export goes on with.</summary>
internal enum ExportPart
{
    /// <summary>An entry, which was read.</summary>
    Entry,

    /// <summary>An entry that is too long; it was passed over.</summary>
    TooLong,

    /// <summary>The end mark, with the right number.</summary>
    End,

    /// <summary>Nothing that can be read: see <see cref="ExportReader.Failure"/>.</summary>
    Failed,
}

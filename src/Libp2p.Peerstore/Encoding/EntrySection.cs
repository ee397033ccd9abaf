namespace Libp2p.Peerstore;

/// <summary>The sections of an encoded entry, in the order in which they stand. The numbers are stored in files.</summary>
internal enum EntrySection
{
    None = 0,
    Addresses = 1,
    Record = 2,
    PublicKey = 3,
    PrivateKey = 4,

    /// <summary>In files and exports only: in memory a number names the set.</summary>
    Protocols = 5,
    Metadata = 6,
    Latency = 7,

    /// <summary>In files only, in place of <see cref="PrivateKey"/>: docs/formats/private-keys.md.</summary>
    SealedPrivateKey = 8,
}

namespace Libp2p.Peerstore;

/// <summary>What becomes of an address from which a source is taken away.</summary>
internal enum DisownedRule
{
    /// <summary>It stays; one without any source left counts as added.</summary>
    Keep,

    /// <summary>It goes if no source is left.</summary>
    DropOrphans,

    /// <summary>It goes, wherever else it is known from.</summary>
    DropAll,
}

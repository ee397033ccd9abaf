namespace Libp2p.Peerstore;

/// <summary>What of a peer ends: the orders in which a shard knows its peers.</summary>
internal enum EndKind
{
    /// <summary>Its next address: what is swept.</summary>
    NextAddress,

    /// <summary>Its next address, where nothing protects it: what makes room for other addresses.</summary>
    Address,

    /// <summary>Its last address, where it has a signed record: what makes room for other records.</summary>
    Record,

    /// <summary>Its last address, be there none: what makes room for other peers.</summary>
    Peer,
}

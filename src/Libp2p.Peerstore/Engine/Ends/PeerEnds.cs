namespace Libp2p.Peerstore;

/// <summary>When what of a peer ends; <see cref="long.MaxValue"/> for what has no end, or is never given up.</summary>
/// <remarks>
/// Never given up for others: anything of a peer that has a permanent or connected address, and a peer with a private
/// key. The numbers are those of <see cref="EndKind"/>.
/// </remarks>
internal readonly record struct PeerEnds(long NextAddress, long Address, long Record, long Peer)
{
    /// <summary>The ends of a peer that is not there.</summary>
    public static PeerEnds None { get; } = new(long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue);

    public static PeerEnds Of(AddressSpan lives, bool hasRecord, bool hasPrivateKey) => new(
        lives.First,
        lives.HasEndless ? long.MaxValue : lives.First,
        hasRecord ? lives.Last : long.MaxValue,
        hasPrivateKey ? long.MaxValue : lives.Last);

    public long this[EndKind kind] => kind switch
    {
        EndKind.NextAddress => NextAddress,
        EndKind.Address => Address,
        EndKind.Record => Record,
        _ => Peer,
    };
}

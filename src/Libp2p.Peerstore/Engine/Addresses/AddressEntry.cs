namespace Libp2p.Peerstore;

/// <summary>One address of a peer as the engine keeps it. Times are ticks of 100 ns, in UTC.</summary>
internal struct AddressEntry
{
    public Multiaddr Address;
    public long Ttl;
    public long Expires;
    public AddressSource Source;

    public readonly bool IsEndless => Ttl >= AddressTtl.Connected.Ticks;

    public readonly bool IsLive(long now) => Expires > now;

    public readonly AddressDetails ToDetails() => new(
        Address,
        TimeSpan.FromTicks(Ttl),
        IsEndless ? DateTimeOffset.MaxValue : new DateTimeOffset(Expires, TimeSpan.Zero),
        Source);
}

namespace Libp2p.Peerstore.Tests;

/// <summary>What the model knows of an address.</summary>
/// <param name="Ttl">The lifetime that it was given last.</param>
/// <param name="End">When it ends, in ticks of the calendar; the greatest number if never.</param>
/// <param name="Source">Where it is known from, but for records: whether it is certified says the record itself.</param>
internal sealed record KnownAddress(TimeSpan Ttl, long End, AddressSource Source)
{
    public bool IsEndless => Ttl >= AddressTtl.Connected;

    public static long EndOf(TimeSpan ttl, long now) => ttl >= AddressTtl.Connected ? long.MaxValue : now + ttl.Ticks;
}

namespace Libp2p.Peerstore;

/// <summary>A lifetime that begins now: what adding, setting and updating addresses have in common.</summary>
internal readonly struct Lifetime
{
    public Lifetime(TimeSpan ttl, long now)
    {
        Ttl = ttl.Ticks;
        // A lifetime beyond the calendar has no end, whatever it is called.
        Expires = AddressTtl.IsEndless(ttl) || Ttl > DateTime.MaxValue.Ticks - now ? long.MaxValue : now + Ttl;
    }

    public long Ttl { get; }

    public long Expires { get; }

    public bool IsEndless => Ttl >= AddressTtl.Connected.Ticks;

    public bool IsOver => Ttl <= 0;
}

namespace Libp2p.Peerstore;

/// <summary>A lifetime that begins now: what adding, setting and updating addresses have in common.</summary>
internal readonly struct Lifetime
{
    public Lifetime(TimeSpan ttl, long now)
    {
        Ttl = ttl.Ticks;
        // A lifetime beyond the calendar ends with it.
        Expires = AddressTtl.IsEndless(ttl) ? long.MaxValue : now + Math.Min(Ttl, DateTime.MaxValue.Ticks - now);
    }

    public long Ttl { get; }

    public long Expires { get; }

    public bool IsEndless => Ttl >= AddressTtl.Connected.Ticks;

    public bool IsOver => Ttl <= 0;
}

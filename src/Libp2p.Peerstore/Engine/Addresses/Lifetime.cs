namespace Libp2p.Peerstore;

/// <summary>A lifetime, mostly one that begins now: what adding, setting and updating addresses have in common.</summary>
internal readonly struct Lifetime
{
    public Lifetime(TimeSpan ttl, long now)
    {
        Ttl = ttl.Ticks;
        // A lifetime beyond the calendar ends with it.
        Expires = AddressTtl.IsEndless(ttl) ? long.MaxValue : now + Math.Min(Ttl, DateTime.MaxValue.Ticks - now);
    }

    private Lifetime(long ttl, long expires) => (Ttl, Expires) = (ttl, expires);

    public long Ttl { get; }

    public long Expires { get; }

    public bool IsEndless => Ttl >= AddressTtl.Connected.Ticks;

    public bool IsOver => Ttl <= 0;

    /// <summary>One that began some time ago, and goes on.</summary>
    public static Lifetime Until(long ttl, long expires) => new(ttl, expires);
}

namespace Libp2p.Peerstore.Testing;

/// <summary>A lifetime as the documents write it: <c>permanent</c>, <c>connected</c> or a duration of go's.</summary>
/// <param name="Span">What it is here.</param>
/// <param name="IsExact">Whether that says the same; false for a positive one with a part finer than 100 ns.</param>
internal readonly record struct GoLifetime(TimeSpan Span, bool IsExact)
{
    /// <summary>Whether an address with this lifetime ends some day, later than now.</summary>
    public bool HasEnd => Span < AddressTtl.Connected && (Span > TimeSpan.Zero || !IsExact);

    public static bool TryParse(string text, out GoLifetime lifetime)
    {
        lifetime = default;
        if (string.Equals(text, "permanent", StringComparison.Ordinal))
        {
            lifetime = new GoLifetime(AddressTtl.Permanent, IsExact: true);
        }
        else if (string.Equals(text, "connected", StringComparison.Ordinal))
        {
            lifetime = new GoLifetime(AddressTtl.Connected, IsExact: true);
        }
        else if (GoDuration.TryParse(text, out var duration))
        {
            lifetime = From(duration);
        }
        else
        {
            return false;
        }

        return true;
    }

    // Every lifetime of zero or less says the same, "gone", so that none of them needs more than 100 ns to say it.
    private static GoLifetime From(GoDuration duration) => duration.Nanoseconds switch
    {
        long.MaxValue => new GoLifetime(AddressTtl.Permanent, IsExact: true),
        long.MaxValue - 1 => new GoLifetime(AddressTtl.Connected, IsExact: true),
        < 0 when !duration.IsExact => new GoLifetime(duration.Truncated - TimeSpan.FromTicks(1), IsExact: true),
        _ => new GoLifetime(duration.Truncated, duration.IsExact),
    };
}

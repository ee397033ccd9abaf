namespace Libp2p.Peerstore;

/// <summary>Between which instants the addresses of a peer end.</summary>
/// <param name="First">The next end; <see cref="long.MaxValue"/> where there is none.</param>
/// <param name="Last">The last end: <see cref="long.MaxValue"/> where one never comes, 0 where there is no address.</param>
/// <param name="HasEndless">Whether an address is permanent or connected.</param>
internal readonly record struct AddressSpan(long First, long Last, bool HasEndless)
{
    public static AddressSpan None { get; } = new(long.MaxValue, 0, HasEndless: false);

    public AddressSpan And(long ttl, long expires) => new(
        Math.Min(First, expires),
        Math.Max(Last, expires),
        HasEndless || ttl >= AddressTtl.Connected.Ticks);
}

namespace Libp2p.Peerstore;

/// <summary>The lifetimes that libp2p gives to addresses, go-libp2p's constants.</summary>
/// <remarks>
/// A lifetime is a <see cref="TimeSpan"/> and so counts in 100 ns. A lifetime of at least <see cref="Connected"/> has
/// no end. The two endless ones are distinct, so that <see cref="IAddressBook.UpdateAsync"/> can tell them apart.
/// </remarks>
public static class AddressTtl
{
    /// <summary>For ever: bootstrap nodes and addresses that a user typed.</summary>
    public static readonly TimeSpan Permanent = TimeSpan.MaxValue;

    /// <summary>As long as the peer is connected; at the end of the connection it is changed to a shorter one.</summary>
    public static readonly TimeSpan Connected = TimeSpan.MaxValue - TimeSpan.FromTicks(1);

    /// <summary>1 hour: an address that a peer said it has.</summary>
    public static readonly TimeSpan Address = TimeSpan.FromHours(1);

    /// <summary>15 minutes: an address that was in use a moment ago.</summary>
    public static readonly TimeSpan RecentlyConnected = TimeSpan.FromMinutes(15);

    /// <summary>2 minutes: an address for the business at hand.</summary>
    public static readonly TimeSpan Temporary = TimeSpan.FromMinutes(2);

    /// <summary>30 minutes: an address of this node as others see it.</summary>
    [Obsolete("Observed addresses live as long as the connection to the peer that observed them.")]
    public static readonly TimeSpan OwnObserved = TimeSpan.FromMinutes(30);

    internal static bool IsEndless(TimeSpan ttl) => ttl >= Connected;
}

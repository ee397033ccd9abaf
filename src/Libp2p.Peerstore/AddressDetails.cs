namespace Libp2p.Peerstore;

/// <summary>A live address with its lifetime and its sources.</summary>
/// <param name="Address">The address, without the suffix that names its own peer.</param>
/// <param name="Ttl">The lifetime it was given last.</param>
/// <param name="Expires">When it ends; <see cref="DateTimeOffset.MaxValue"/> if never, or at the end of the calendar.</param>
/// <param name="Source">Where it is known from.</param>
public readonly record struct AddressDetails(
    Multiaddr Address, TimeSpan Ttl, DateTimeOffset Expires, AddressSource Source)
{
    /// <summary>Whether it stands in the peer's stored signed record.</summary>
    public bool IsCertified => (Source & AddressSource.Certified) != AddressSource.None;
}

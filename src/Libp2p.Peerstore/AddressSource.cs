namespace Libp2p.Peerstore;

/// <summary>Where an address is known from; one address may be known from several sources.</summary>
[Flags]
public enum AddressSource
{
    /// <summary>From nowhere. The value of <c>default</c>; no stored address has it.</summary>
    None = 0,

    /// <summary>Somebody added it: a user, a discovery protocol, another peer.</summary>
    Added = 1,

    /// <summary>The peer itself said so when it last identified itself.</summary>
    Announced = 2,

    /// <summary>It stands in the peer's stored signed record.</summary>
    Certified = 4,
}

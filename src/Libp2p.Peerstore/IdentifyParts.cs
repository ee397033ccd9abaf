namespace Libp2p.Peerstore;

/// <summary>The parts of what a peer says of itself.</summary>
[Flags]
public enum IdentifyParts
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>The addresses, out of the record or the list.</summary>
    Addresses = 1,

    /// <summary>The signed record itself.</summary>
    Record = 2,

    /// <summary>The protocols.</summary>
    Protocols = 4,

    /// <summary>The versions of software and protocols.</summary>
    Versions = 8,

    /// <summary>The public key.</summary>
    PublicKey = 16,
}

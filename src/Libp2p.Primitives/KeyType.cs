namespace Libp2p;

/// <summary>The kinds of keys that libp2p knows; the numbers are those of the wire format.</summary>
public enum KeyType
{
    /// <summary>RSA, from 2048 to 8192 bits.</summary>
    Rsa = 0,

    /// <summary>Ed25519.</summary>
    Ed25519 = 1,

    /// <summary>ECDSA over secp256k1 with SHA-256.</summary>
    Secp256k1 = 2,

    /// <summary>ECDSA over a NIST curve with SHA-256.</summary>
    Ecdsa = 3,
}

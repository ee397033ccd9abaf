namespace Libp2p.Peerstore.Testing;

/// <summary>The rules by which an answer of go-libp2p's is not wanted here: each refuses what go accepts.</summary>
internal static class SkipRules
{
    public static readonly ConformanceRule IdentityMultibase = new(
        "identity-multibase",
        "A peer ID as raw bytes behind a null character is no text: it would carry any byte past whoever checks or "
        + "logs texts.");

    public static readonly ConformanceRule EcdsaTrailingBytes = new(
        "ecdsa-trailing-bytes",
        "Bytes beside r and s are not signed: anyone could make further signatures, and further envelopes, out of a "
        + "good one.");

    public static readonly ConformanceRule Ed25519WeakKey = new(
        "ed25519-weak-key",
        "Under a key of small order, or one not written canonically, signatures can be made that hold for any message "
        + "or for some verifiers only.");

    public static readonly ConformanceRule Secp256k1Scalar = new(
        "secp256k1-scalar-range",
        "A private scalar of zero, or not below the order of the group, is not a private key: reducing it would "
        + "silently make another key of it, or none.");

    public static readonly ConformanceRule Ed25519Halves = new(
        "ed25519-halves",
        "Signing with a public half that belongs to another seed gives the private key away.");

    public static readonly ConformanceRule FinerTime = new(
        "time-finer-than-100ns",
        "A TimeSpan counts in 100 ns; the end of an address that falls between two of them cannot be said, and what "
        + "follows depends on it.");
}

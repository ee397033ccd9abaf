using System.Numerics;

namespace Libp2p;

/// <summary>The eight numbers of an RSA private key of two primes (PKCS#1, RFC 8017 appendix A.1.2).</summary>
/// <remarks>
/// Platforms differ in what they check on import, and a wrong shortcut for the Chinese remainder theorem gives the primes
/// away with the first signature. So the equations are checked here, once, when a key is read. <see cref="BigInteger"/>
/// takes time that depends on the numbers and cannot be wiped: the price of a node's reading its own key once, at a moment
/// that nobody else chooses. Signing is the platform's.
/// </remarks>
internal sealed record RsaNumbers(
    BigInteger Modulus,
    BigInteger Exponent,
    BigInteger PrivateExponent,
    BigInteger P,
    BigInteger Q,
    BigInteger ExponentP,
    BigInteger ExponentQ,
    BigInteger Coefficient)
{
    /// <summary>Whether they are one key's, if P and Q are primes: that they are is left to the probe of a signature.</summary>
    public bool FitTogether() =>
        P > BigInteger.One && Q > BigInteger.One && P != Q
        && P * Q == Modulus
        && IsOne(Exponent * PrivateExponent, P - 1)
        && IsOne(Exponent * PrivateExponent, Q - 1)
        && PrivateExponent.Sign > 0
        && IsReduced(ExponentP, PrivateExponent, P - 1)
        && IsReduced(ExponentQ, PrivateExponent, Q - 1)
        && Coefficient.Sign > 0 && Coefficient < P
        && IsOne(Coefficient * Q, P);

    // Never the numbers.
    public override string ToString() => "the numbers of an RSA private key";

    private static bool IsOne(BigInteger product, BigInteger modulus) => (product - BigInteger.One) % modulus == BigInteger.Zero;

    private static bool IsReduced(BigInteger shortcut, BigInteger exponent, BigInteger modulus) =>
        shortcut.Sign > 0 && shortcut == exponent % modulus;
}

namespace Libp2p.Tests;

/// <summary>The points of small order on edwards25519 in each way that 32 bytes can spell them, in hexadecimal.</summary>
/// <remarks>From "Taming the many EdDSAs" (Chalkias, Garillot, Nikolaenko, 2020), table 1.</remarks>
internal static class Ed25519Points
{
    public static IReadOnlySet<string> SmallOrder { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        // Canonical: of order 1, 2, 4 (twice) and 8 (four times).
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",

        // The same points with a y of p or more, or with a sign that x = 0 cannot have.
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    };
}

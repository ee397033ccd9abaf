using System.Security.Cryptography;

namespace Libp2p;

/// <summary>A curve of NIST's that libp2p's ECDSA keys may lie on: those that Go's crypto/x509 knows.</summary>
internal sealed class NistCurve
{
    private readonly byte[] _order;

    private NistCurve(string oid, string order)
    {
        Oid = oid;
        _order = Convert.FromHexString(order);
    }

    /// <summary>P-256, what new keys lie on.</summary>
    public static NistCurve P256 { get; } = new("1.2.840.10045.3.1.7", "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    /// <summary>The object identifier.</summary>
    public string Oid { get; }

    /// <summary>The bytes of a coordinate, and of a scalar.</summary>
    public int FieldBytes => _order.Length;

    /// <summary>The curve for .NET.</summary>
    public ECCurve Curve => ECCurve.CreateFromValue(Oid);

    private static NistCurve[] All { get; } =
    [
        P256,
        new("1.3.132.0.33", "FFFFFFFFFFFFFFFFFFFFFFFFFFFF16A2E0B8F03E13DD29455C5C2A3D"),
        new("1.3.132.0.34", "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973"),
        new("1.3.132.0.35", "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409"),
    ];

    /// <summary>The curve with an object identifier, or nothing when it is not one of them.</summary>
    public static NistCurve? Find(string oid) => Array.Find(All, curve => string.Equals(curve.Oid, oid, StringComparison.Ordinal));

    /// <summary>
    /// Whether big-endian bytes of the curve's length are a private key: neither 0 nor the order or above.
    /// </summary>
    public bool IsScalar(ReadOnlySpan<byte> scalar) =>
        scalar.IndexOfAnyExcept((byte)0) >= 0 && scalar.SequenceCompareTo(_order) < 0;
}

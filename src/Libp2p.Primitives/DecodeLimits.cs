using System.Runtime.CompilerServices;

namespace Libp2p;

/// <summary>How much a decoder accepts from others before it refuses, whatever the rest looks like.</summary>
/// <remarks>
/// Checked before any allocation or cryptography that grows with the input. Negative limits are refused with an
/// <see cref="ArgumentOutOfRangeException"/>; 0 lets nothing through. Immutable; safe to share between threads.
/// </remarks>
public sealed record DecodeLimits
{
    /// <summary>The limits that hold where no others are given.</summary>
    public static DecodeLimits Default { get; } = new();

    /// <summary>The bytes of one multiaddr; its text may have nine times as many, in UTF-8. Default 2,048.</summary>
    public int MaxMultiaddrBytes { get; init => field = NotNegative(value); } = 2048;

    /// <summary>The components of one multiaddr. Default 512.</summary>
    public int MaxMultiaddrComponents { get; init => field = NotNegative(value); } = 512;

    /// <summary>The bytes of one key in its protobuf form. Default 8,192, enough for a private RSA key of 8192 bits.</summary>
    public int MaxKeyBytes { get; init => field = NotNegative(value); } = 8192;

    /// <summary>The bytes of one signed envelope. Default 65,536.</summary>
    public int MaxEnvelopeBytes { get; init => field = NotNegative(value); } = 65_536;

    /// <summary>The addresses in one peer record. Default 1,024.</summary>
    public int MaxRecordAddresses { get; init => field = NotNegative(value); } = 1024;

    private static int NotNegative(int value, [CallerMemberName] string? property = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, property);
        return value;
    }
}

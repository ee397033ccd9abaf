namespace Libp2p;

/// <summary>How much a decoder accepts from others before it refuses, whatever the rest looks like.</summary>
/// <remarks>
/// Checked before any allocation or cryptography that grows with the input. Immutable; safe to share between threads.
/// </remarks>
public sealed record DecodeLimits
{
    /// <summary>The limits that hold where no others are given.</summary>
    public static DecodeLimits Default { get; } = new();

    /// <summary>The bytes of one multiaddr; its text may have four times as many characters. Default 2,048.</summary>
    public int MaxMultiaddrBytes { get; init; } = 2048;

    /// <summary>The components of one multiaddr. Default 512.</summary>
    public int MaxMultiaddrComponents { get; init; } = 512;

    /// <summary>The bytes of one key in its protobuf form. Default 8,192, enough for a private RSA key of 8192 bits.</summary>
    public int MaxKeyBytes { get; init; } = 8192;

    /// <summary>The bytes of one signed envelope. Default 65,536.</summary>
    public int MaxEnvelopeBytes { get; init; } = 65_536;

    /// <summary>The addresses in one peer record. Default 1,024.</summary>
    public int MaxRecordAddresses { get; init; } = 1024;
}

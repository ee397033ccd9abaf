namespace Libp2p.Peerstore;

/// <summary>The limits under which entries are read: none, for what was stored under wider limits than today's is still read.</summary>
internal static class StoredLimits
{
    public static DecodeLimits None { get; } = new()
    {
        MaxMultiaddrBytes = int.MaxValue,
        MaxMultiaddrComponents = int.MaxValue,
        MaxKeyBytes = int.MaxValue,
        MaxEnvelopeBytes = int.MaxValue,
        MaxRecordAddresses = int.MaxValue,
    };
}

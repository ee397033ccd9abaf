namespace Libp2p;

/// <summary>Finds protocols by code and by name without allocating.</summary>
internal static class ProtocolTable
{
    /// <summary>The length of the longest name, p2p-webrtc-direct.</summary>
    public const int MaxNameLength = 17;

    private const int Buckets = 128;

    private static readonly MultiaddrProtocol?[] ByCode = MakeByCode();
    private static readonly (byte[] Name, MultiaddrProtocol Protocol)[] ByName = MakeByName();

    /// <summary>Finds a protocol by its code; null if there is none.</summary>
    public static MultiaddrProtocol? Find(ulong code) =>
        code < (ulong)ByCode.Length ? ByCode[(int)code]
        : code == (ulong)MultiaddrProtocol.PlaintextV2.Code ? MultiaddrProtocol.PlaintextV2
        : null;

    /// <summary>Finds a protocol by its name in UTF-8; null if there is none.</summary>
    public static MultiaddrProtocol? Find(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || name.Length > MaxNameLength)
        {
            return null;
        }

        for (var bucket = BucketOf(name); ; bucket = (bucket + 1) % Buckets)
        {
            var (candidate, protocol) = ByName[bucket];
            if (candidate is null || name.SequenceEqual(candidate))
            {
                return protocol;
            }
        }
    }

    // The length, the first, the middle and the last byte tell nearly all names apart.
    private static int BucketOf(ReadOnlySpan<byte> name) =>
        (name.Length * 7 + name[0] * 11 + name[name.Length / 2] * 29 + name[^1] * 3) % Buckets;

    private static MultiaddrProtocol?[] MakeByCode()
    {
        var table = new MultiaddrProtocol?[MultiaddrProtocol.Memory.Code + 1];
        foreach (var protocol in MultiaddrProtocol.All)
        {
            if (protocol.Code < table.Length)
            {
                table[protocol.Code] = protocol;
            }
        }

        return table;
    }

    private static (byte[] Name, MultiaddrProtocol Protocol)[] MakeByName()
    {
        var table = new (byte[] Name, MultiaddrProtocol Protocol)[Buckets];
        foreach (var protocol in MultiaddrProtocol.All)
        {
            Add(table, protocol.NameUtf8, protocol);
        }

        // The name of before 2019, still common in text.
        Add(table, "ipfs"u8.ToArray(), MultiaddrProtocol.P2P);
        return table;
    }

    private static void Add((byte[] Name, MultiaddrProtocol Protocol)[] table, byte[] name, MultiaddrProtocol protocol)
    {
        var bucket = BucketOf(name);
        while (table[bucket].Name is not null)
        {
            bucket = (bucket + 1) % Buckets;
        }

        table[bucket] = (name, protocol);
    }
}

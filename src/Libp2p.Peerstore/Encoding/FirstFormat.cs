namespace Libp2p.Peerstore;

/// <summary>The sections of an entry of version 1, made into those of today.</summary>
internal static class FirstFormat
{
    private const ulong AllSources = 7;

    /// <summary>Makes a section of version 1 into one of today's; false where it cannot be read.</summary>
    public static bool TryUpgrade(EntrySection section, ReadOnlySpan<byte> body, out byte[] upgraded)
    {
        upgraded = section switch
        {
            EntrySection.Addresses => Addresses(body),
            EntrySection.Record => Record(body),
            EntrySection.Latency => Latency(body),
            _ => body.ToArray(),
        };
        return upgraded.Length > 0 || section == EntrySection.PublicKey;
    }

    private static byte[] Addresses(ReadOnlySpan<byte> body)
    {
        var cursor = new EntryCursor(body);
        List<AddressEntry> addresses = [];
        while (!cursor.IsAtEnd)
        {
            var source = cursor.TakeVarint();
            var (ttl, expires) = ((long)cursor.TakeVarint(), (long)cursor.TakeVarint());
            if (!Multiaddr.TryDecode(cursor.TakeBytes(), StoredLimits.None, out var address, out _)
                || cursor.Failed || source > AllSources)
            {
                return [];
            }

            addresses.Add(new AddressEntry { Address = address, Ttl = ttl, Expires = expires, Source = (AddressSource)source });
        }

        addresses.Sort(AddressRanking.Instance);
        var output = new EntryBuffer();
        AddressSection.Write([.. addresses], new(), output);
        return Body(output);
    }

    private static byte[] Record(ReadOnlySpan<byte> body)
    {
        var cursor = new EntryCursor(body);
        var domain = cursor.TakeText();
        return SectionCheck.TryReadRecord(domain, cursor.TakeRest(), out var record) ? new StoredRecord(record).Section : [];
    }

    private static byte[] Latency(ReadOnlySpan<byte> body)
    {
        var cursor = new EntryCursor(body);
        var zigzag = cursor.TakeVarint();
        if (cursor.Failed || !cursor.IsAtEnd)
        {
            return [];
        }

        var output = new EntryBuffer();
        LatencySection.Write((long)(zigzag >> 1) ^ -(long)(zigzag & 1), output);
        return Body(output);
    }

    /// <summary>The body of the one section that was written.</summary>
    private static byte[] Body(EntryBuffer output)
    {
        var cursor = new EntryCursor(output.Written);
        cursor.TakeByte();
        return cursor.TakeBytes().ToArray();
    }
}

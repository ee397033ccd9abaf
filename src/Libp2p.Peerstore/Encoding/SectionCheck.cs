namespace Libp2p.Peerstore;

/// <summary>Whether the sections of an entry that somebody else may have written are well-formed.</summary>
internal static class SectionCheck
{
    private const AddressSource AllSources = AddressSource.Added | AddressSource.Announced | AddressSource.Certified;

    public static bool IsGood(EntrySection section, in PeerId peer, ReadOnlySpan<byte> body) => section switch
    {
        EntrySection.Addresses => AreGoodAddresses(body),
        EntrySection.Record => IsGoodRecord(peer, body),
        EntrySection.PublicKey => IsGoodPublicKey(peer, body),
        EntrySection.PrivateKey => PrivateKey.TryDecode(body, out var key) && peer.Matches(key.PublicKey),
        EntrySection.Metadata => IsGoodMetadata(body),
        EntrySection.Latency => body.Length == sizeof(long),
        _ => false,
    };

    public static bool TryReadProtocols(ReadOnlySpan<byte> body, out string[] protocols)
    {
        var cursor = new EntryCursor(body);
        List<string> read = [];
        var isSorted = true;
        while (!cursor.IsAtEnd)
        {
            read.Add(cursor.TakeText());
            isSorted &= read.Count == 1 || string.CompareOrdinal(read[^2], read[^1]) < 0;
        }

        protocols = [.. read];
        return isSorted && !cursor.Failed && protocols.Length > 0;
    }

    private static bool AreGoodAddresses(ReadOnlySpan<byte> body)
    {
        var cursor = new EntryCursor(body);
        var lifetimes = cursor.TakeVarint();
        if (lifetimes > (ulong)(body.Length / AddressSection.LifetimeLength))
        {
            return false;
        }

        for (var i = 0UL; i < lifetimes; i++)
        {
            var (ttl, expires) = (cursor.TakeInt64(), cursor.TakeInt64());
            var latest = ttl >= AddressTtl.Connected.Ticks ? long.MaxValue : DateTime.MaxValue.Ticks;
            if (ttl <= 0 || expires <= 0 || expires > latest)
            {
                return false;
            }
        }

        HashSet<Multiaddr> seen = [];
        while (!cursor.IsAtEnd)
        {
            var source = (AddressSource)cursor.TakeByte();
            var lifetime = cursor.TakeVarint();
            if (source is AddressSource.None or > AllSources || lifetime >= lifetimes
                || !Multiaddr.TryDecode(cursor.TakeBytes(), StoredLimits.None, out var address, out _)
                || cursor.Failed || !seen.Add(address))
            {
                return false;
            }
        }

        return seen.Count > 0 && !cursor.Failed;
    }

    /// <summary>Without bytes the key is in the peer's ID, if that is one that holds a key.</summary>
    private static bool IsGoodPublicKey(in PeerId peer, ReadOnlySpan<byte> body) => body.IsEmpty
        ? peer.TryGetPublicKey(out _)
        : PublicKey.TryDecode(body, StoredLimits.None, out var key, out _) && peer.Matches(key);

    /// <summary>The section is what this program would write of the envelope in it; its signature was good when it was stored.</summary>
    private static bool IsGoodRecord(in PeerId peer, ReadOnlySpan<byte> body)
    {
        var cursor = new EntryCursor(body);
        var domain = cursor.TakeText();
        _ = cursor.TakeInt64();
        var ranges = cursor.TakeVarint();
        if (ranges > (ulong)body.Length)
        {
            return false;
        }

        for (var i = 0UL; i < 2 * ranges; i++)
        {
            cursor.TakeVarint();
        }

        return TryReadRecord(domain, cursor.TakeRest(), out var record)
            && !cursor.Failed
            && record.Peer == peer
            && new StoredRecord(record).Section.AsSpan().SequenceEqual(body);
    }

    /// <summary>Reads a record that was verified before it was stored.</summary>
    public static bool TryReadRecord(
        string domain, ReadOnlySpan<byte> envelope, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PeerRecord? record)
    {
        record = null;
        return SignedEnvelope.TryFromTrusted(envelope.ToArray(), domain, out var trusted)
            && PeerRecord.TryRead(trusted, StoredLimits.None, out record, out _) == EnvelopeOutcome.Opened;
    }

    private static bool IsGoodMetadata(ReadOnlySpan<byte> body)
    {
        var cursor = new EntryCursor(body);
        HashSet<string> keys = new(StringComparer.Ordinal);
        while (!cursor.IsAtEnd)
        {
            var key = cursor.TakeText();
            var kind = (StoredValueKind)cursor.TakeByte();
            cursor.TakeBytes();
            if (cursor.Failed || kind > StoredValueKind.Json || !keys.Add(key))
            {
                return false;
            }
        }

        return keys.Count > 0;
    }
}

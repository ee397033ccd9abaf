using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Libp2p.Peerstore;

/// <summary>Reads the encoding of a peer's entry, and says what is wrong with one that is damaged.</summary>
internal static class EntryReader
{
    /// <summary>What was stored under wider limits than today's is still read.</summary>
    private static readonly DecodeLimits StoredRecordLimits = new()
    {
        MaxEnvelopeBytes = int.MaxValue,
        MaxRecordAddresses = int.MaxValue,
    };

    /// <summary>Reads an entry whole, or not at all.</summary>
    /// <param name="peer">Whose entry it is said to be.</param>
    /// <param name="bytes">The entry.</param>
    /// <param name="snapshot">What stands in it.</param>
    /// <param name="damage">What is wrong with it, as a sentence without a full stop.</param>
    public static bool TryRead(
        PeerId peer,
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out StoredPeer? snapshot,
        [NotNullWhen(false)] out string? damage)
    {
        var read = new StoredPeer();
        damage = Read(peer, bytes, read);
        snapshot = damage is null ? read : null;
        return damage is null;
    }

    private static string? Read(PeerId peer, ReadOnlySpan<byte> bytes, StoredPeer snapshot)
    {
        if (bytes.Length < 1 + sizeof(uint))
        {
            return "the entry is cut off";
        }

        if (bytes[0] != EntryFormat.Version)
        {
            return $"the entry is of version {bytes[0]}, which this program does not know";
        }

        var content = bytes[..^sizeof(uint)];
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[content.Length..]) != EntryFormat.Checksum(peer, content))
        {
            return "the checksum of the entry is wrong";
        }

        var cursor = new EntryCursor(content[1..]);
        var last = EntrySection.None;
        while (!cursor.IsAtEnd)
        {
            var section = (EntrySection)cursor.TakeVarint();
            var body = new EntryCursor(cursor.TakeBytes());
            if (cursor.Failed || section <= last || !TryReadSection(section, ref body, snapshot) || body.Failed || !body.IsAtEnd)
            {
                return $"section {(int)section} of the entry cannot be read";
            }

            last = section;
        }

        return cursor.Failed ? "the entry is cut off" : null;
    }

    private static bool TryReadSection(EntrySection section, ref EntryCursor body, StoredPeer snapshot) => section switch
    {
        EntrySection.Addresses => TryReadAddresses(ref body, snapshot),
        EntrySection.Record => TryReadRecord(ref body, snapshot),
        EntrySection.PublicKey => TryReadPublicKey(ref body, snapshot),
        EntrySection.PrivateKey => TryReadPrivateKey(ref body, snapshot),
        EntrySection.Protocols => TryReadProtocols(ref body, snapshot),
        EntrySection.Metadata => TryReadMetadata(ref body, snapshot),
        EntrySection.Latency => TryReadLatency(ref body, snapshot),
        _ => false,
    };

    private static bool TryReadAddresses(ref EntryCursor body, StoredPeer snapshot)
    {
        while (!body.IsAtEnd)
        {
            var source = (AddressSource)body.TakeVarint();
            var (ttl, expires) = ((long)body.TakeVarint(), (long)body.TakeVarint());
            if (!Multiaddr.TryDecode(body.TakeBytes(), out var address) || body.Failed || ttl <= 0 || expires <= 0
                || source is AddressSource.None or > (AddressSource.Added | AddressSource.Announced | AddressSource.Certified))
            {
                return false;
            }

            snapshot.Addresses.Add(new AddressEntry { Address = address, Ttl = ttl, Expires = expires, Source = source });
        }

        return true;
    }

    private static bool TryReadRecord(ref EntryCursor body, StoredPeer snapshot)
    {
        var domain = body.TakeText();
        if (!SignedEnvelope.TryFromTrusted(body.TakeRest().ToArray(), domain, out var envelope)
            || PeerRecord.TryRead(envelope, StoredRecordLimits, out var record, out _) != EnvelopeOutcome.Opened)
        {
            return false;
        }

        snapshot.Record = new StoredRecord(record!);
        return !body.Failed;
    }

    private static bool TryReadPublicKey(ref EntryCursor body, StoredPeer snapshot)
    {
        snapshot.HasPublicKey = true;
        var bytes = body.TakeRest();
        if (bytes.IsEmpty)
        {
            return true;
        }

        var isKey = PublicKey.TryDecode(bytes, out var key);
        snapshot.PublicKey = key;
        return isKey;
    }

    private static bool TryReadPrivateKey(ref EntryCursor body, StoredPeer snapshot)
    {
        var isKey = PrivateKey.TryDecode(body.TakeRest(), out var key);
        snapshot.PrivateKey = key;
        return isKey;
    }

    private static bool TryReadProtocols(ref EntryCursor body, StoredPeer snapshot)
    {
        while (!body.IsAtEnd && !body.Failed)
        {
            snapshot.Protocols.Add(body.TakeText());
        }

        return !body.Failed;
    }

    private static bool TryReadMetadata(ref EntryCursor body, StoredPeer snapshot)
    {
        while (!body.IsAtEnd && !body.Failed)
        {
            var key = body.TakeText();
            var kind = (StoredValueKind)body.TakeByte();
            snapshot.Metadata[key] = new StoredValue(kind, body.TakeBytes().ToArray());
        }

        return !body.Failed;
    }

    private static bool TryReadLatency(ref EntryCursor body, StoredPeer snapshot)
    {
        var zigzag = body.TakeVarint();
        snapshot.Latency = (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
        return !body.Failed;
    }
}

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Libp2p.Peerstore;

/// <summary>Reads the encoding of a peer's entry, and says what is wrong with one that is damaged.</summary>
/// <remarks>Not thread-safe: it reads into a buffer of its own.</remarks>
internal sealed class EntryReader
{
    private readonly EntryBuffer _sections = new();

    /// <summary>Reads an entry whole, or not at all.</summary>
    /// <param name="peer">Whose entry it is said to be.</param>
    /// <param name="bytes">The entry.</param>
    /// <param name="stored">What stands in it; good until the next one is read.</param>
    /// <param name="damage">What is wrong with it, as a sentence without a full stop.</param>
    public bool TryRead(
        in PeerId peer, ReadOnlySpan<byte> bytes, out StoredPeer stored, [NotNullWhen(false)] out string? damage)
    {
        stored = default;
        damage = CheckFrame(peer, bytes);
        if (damage is not null)
        {
            return false;
        }

        _sections.Clear();
        string[] protocols = [];
        var content = new EntryCursor(bytes[1..^sizeof(uint)]);
        var last = EntrySection.None;
        while (!content.IsAtEnd)
        {
            var section = (EntrySection)content.TakeByte();
            var body = content.TakeBytes();
            if (content.Failed || section <= last || !TryTake(bytes[0], peer, section, body, ref protocols))
            {
                damage = $"section {(int)section} of the entry cannot be read";
                return false;
            }

            last = section;
        }

        stored = new(_sections.Written, protocols, WasConnected());
        return true;
    }

    private static string? CheckFrame(in PeerId peer, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 1 + sizeof(uint))
        {
            return "the entry is cut off";
        }

        if (bytes[0] is not (EntryFormat.Version or EntryFormat.FirstVersion))
        {
            return $"the entry is of version {bytes[0]}, which this program does not know";
        }

        var content = bytes[..^sizeof(uint)];
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[content.Length..]) == EntryFormat.Checksum(peer, content)
            ? null
            : "the checksum of the entry is wrong";
    }

    private bool TryTake(
        byte version, in PeerId peer, EntrySection section, ReadOnlySpan<byte> body, ref string[] protocols)
    {
        if (section == EntrySection.Protocols)
        {
            return SectionCheck.TryReadProtocols(body, out protocols);
        }

        if (version == EntryFormat.FirstVersion)
        {
            if (!FirstFormat.TryUpgrade(section, body, out var upgraded))
            {
                return false;
            }

            body = upgraded;
        }

        if (!SectionCheck.IsGood(section, peer, body))
        {
            return false;
        }

        _sections.PutSection(section, body.Length);
        _sections.Put(body);
        return true;
    }

    private bool WasConnected()
    {
        SectionDirectory.TryFind(_sections.Written, EntrySection.Addresses, out var body);
        var reader = new AddressReader(body);
        while (reader.MoveNext())
        {
            if (reader.Ttl == AddressTtl.Connected.Ticks)
            {
                return true;
            }
        }

        return false;
    }
}

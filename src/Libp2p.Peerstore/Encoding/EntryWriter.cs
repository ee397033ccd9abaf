using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Libp2p.Peerstore;

/// <summary>Writes the encoding of a peer's entry: <c>docs/formats/peer-entry.md</c>.</summary>
internal static class EntryWriter
{
    /// <summary>Appends the entry of a peer.</summary>
    public static void Write(PeerId peer, PeerEntry entry, ArrayBufferWriter<byte> output)
    {
        var start = output.WrittenCount;
        var body = new ArrayBufferWriter<byte>();
        Put(output, EntryFormat.Version);
        if (entry.Addresses.Count > 0)
        {
            WriteAddresses(entry.Addresses.Entries, body);
            PutSection(output, EntrySection.Addresses, body);
        }

        if (entry.Record is { } record)
        {
            PutText(body, record.Record.Envelope.Domain);
            body.Write(record.Bytes);
            PutSection(output, EntrySection.Record, body);
        }

        WriteKeys(entry, body, output);
        if (entry.Protocols.Length > 0)
        {
            foreach (var protocol in entry.Protocols)
            {
                PutText(body, protocol);
            }

            PutSection(output, EntrySection.Protocols, body);
        }

        if (entry.Metadata is { Count: > 0 } metadata)
        {
            WriteMetadata(metadata, body);
            PutSection(output, EntrySection.Metadata, body);
        }

        if (entry.Latency is { } latency)
        {
            PutVarint(body, (ulong)((latency << 1) ^ (latency >> 63)));
            PutSection(output, EntrySection.Latency, body);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(
            output.GetSpan(sizeof(uint)), EntryFormat.Checksum(peer, output.WrittenSpan[start..]));
        output.Advance(sizeof(uint));
    }

    private static void WriteAddresses(ReadOnlySpan<AddressEntry> addresses, ArrayBufferWriter<byte> body)
    {
        foreach (ref readonly var address in addresses)
        {
            PutVarint(body, (ulong)address.Source);
            PutVarint(body, (ulong)address.Ttl);
            PutVarint(body, (ulong)address.Expires);
            PutBytes(body, address.Address.Bytes);
        }
    }

    private static void WriteKeys(PeerEntry entry, ArrayBufferWriter<byte> body, ArrayBufferWriter<byte> output)
    {
        if (entry.HasPublicKey)
        {
            body.Write(entry.PublicKey is { } key ? key.Encoded : default);
            PutSection(output, EntrySection.PublicKey, body);
        }

        if (entry.PrivateKey is { } privateKey)
        {
            body.Write(privateKey.Encode());
            PutSection(output, EntrySection.PrivateKey, body);
        }
    }

    private static void WriteMetadata(Dictionary<string, StoredValue> metadata, ArrayBufferWriter<byte> body)
    {
        foreach (var (key, value) in metadata)
        {
            PutText(body, key);
            Put(body, (byte)value.Kind);
            PutBytes(body, value.Bytes);
        }
    }

    private static void PutSection(ArrayBufferWriter<byte> output, EntrySection section, ArrayBufferWriter<byte> body)
    {
        PutVarint(output, (ulong)section);
        PutBytes(output, body.WrittenSpan);
        body.ResetWrittenCount();
    }

    private static void PutText(ArrayBufferWriter<byte> output, string text)
    {
        PutVarint(output, (ulong)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, output);
    }

    private static void PutBytes(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        PutVarint(output, (ulong)bytes.Length);
        output.Write(bytes);
    }

    private static void PutVarint(ArrayBufferWriter<byte> output, ulong value)
    {
        var span = output.GetSpan(EntryFormat.MaxVarintLength);
        var length = Math.Max(1, (BitOperations.Log2(value) + 7) / 7);
        for (var i = 0; i < length; i++, value >>= 7)
        {
            span[i] = (byte)(i < length - 1 ? value | 0x80 : value & 0x7F);
        }

        output.Advance(length);
    }

    private static void Put(ArrayBufferWriter<byte> output, byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }
}

using System.Buffers.Binary;

namespace Libp2p.Peerstore;

/// <summary>The section of addresses: the lifetimes that occur, then the addresses, each with the number of its lifetime.</summary>
/// <remarks>
/// A peer's addresses mostly come in one message and share a lifetime, so 16 bytes are kept once and not with each; and
/// what asks for the next end looks at the lifetimes alone.
/// </remarks>
internal static class AddressSection
{
    /// <summary>The bytes of a lifetime: what it was, and when it ends.</summary>
    public const int LifetimeLength = 2 * sizeof(long);

    /// <summary>Between which instants the addresses of a section end.</summary>
    public static AddressSpan SpanOf(ReadOnlySpan<byte> body)
    {
        var span = AddressSpan.None;
        if (body.IsEmpty)
        {
            return span;
        }

        var at = 0;
        for (var left = (int)EntryVarint.Read(body, ref at); left > 0; left--, at += LifetimeLength)
        {
            span = span.And(TtlAt(body, at), ExpiresAt(body, at));
        }

        return span;
    }

    public static long TtlAt(ReadOnlySpan<byte> body, int at) => BinaryPrimitives.ReadInt64LittleEndian(body[at..]);

    public static long ExpiresAt(ReadOnlySpan<byte> body, int at) =>
        BinaryPrimitives.ReadInt64LittleEndian(body[(at + sizeof(long))..]);

    /// <summary>Writes the section; nothing where there is no address.</summary>
    public static void Write(ReadOnlySpan<AddressEntry> addresses, LifetimeTable lifetimes, EntryBuffer output)
    {
        if (addresses.IsEmpty)
        {
            return;
        }

        lifetimes.Clear();
        var length = 0;
        foreach (ref readonly var address in addresses)
        {
            var number = lifetimes.NumberOf(address.Ttl, address.Expires);
            var bytes = address.Address.Bytes.Length;
            length += 1 + EntryVarint.LengthOf((uint)number) + EntryVarint.LengthOf((uint)bytes) + bytes;
        }

        length += EntryVarint.LengthOf((uint)lifetimes.Count) + (lifetimes.Count * LifetimeLength);
        output.PutSection(EntrySection.Addresses, length);
        output.PutVarint((uint)lifetimes.Count);
        for (var i = 0; i < lifetimes.Count; i++)
        {
            var (ttl, expires) = lifetimes[i];
            output.PutInt64(ttl);
            output.PutInt64(expires);
        }

        foreach (ref readonly var address in addresses)
        {
            output.PutByte((byte)address.Source);
            output.PutVarint((uint)lifetimes.NumberOf(address.Ttl, address.Expires));
            output.PutBytes(address.Address.Bytes);
        }
    }
}

using System.Buffers.Binary;

namespace Libp2p.Peerstore;

/// <summary>The one lifetime that all addresses of a peer share, where it lies in the section of addresses.</summary>
internal readonly ref struct SharedLifetime
{
    private SharedLifetime(Span<byte> body) => Body = body;

    /// <summary>The section of addresses.</summary>
    public Span<byte> Body { get; }

    public long Ttl => AddressSection.TtlAt(Body, at: 1);

    public long Expires => AddressSection.ExpiresAt(Body, at: 1);

    public bool IsEndless => Ttl >= AddressTtl.Connected.Ticks;

    public AddressReader Addresses => new(Body);

    /// <summary>Finds it; false where there is no address, or where addresses differ in their lifetimes.</summary>
    /// <param name="body">The section of addresses, well-formed.</param>
    /// <param name="lifetime">The lifetime.</param>
    public static bool TryFind(Span<byte> body, out SharedLifetime lifetime)
    {
        lifetime = new(body);
        return !body.IsEmpty && body[0] == 1;
    }

    public int CountAddresses()
    {
        var count = 0;
        var addresses = Addresses;
        while (addresses.MoveNext())
        {
            count++;
        }

        return count;
    }

    public void Set(long ttl, long expires)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Body[1..], ttl);
        BinaryPrimitives.WriteInt64LittleEndian(Body[(1 + sizeof(long))..], expires);
    }
}

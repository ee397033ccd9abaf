namespace Libp2p.Peerstore;

/// <summary>Copies of a peer's live addresses, best first, as they are stored.</summary>
internal static class LiveAddresses
{
    /// <summary>Copies the addresses: one array for their bytes, one for the list.</summary>
    public static Multiaddr[] Copy(in PeerView view, long now)
    {
        var (count, length) = Count(view, now);
        if (count == 0)
        {
            return [];
        }

        var addresses = new Multiaddr[count];
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        var reader = view.Addresses;
        var (next, at) = (0, 0);
        while (reader.MoveNextLive(now))
        {
            addresses[next++] = CopyTo(bytes, ref at, reader.Bytes);
        }

        return addresses;
    }

    /// <summary>Copies the addresses with what is known of them.</summary>
    public static AddressDetails[] CopyDetails(in PeerView view, long now)
    {
        var (count, length) = Count(view, now);
        var details = new AddressDetails[count];
        var bytes = new byte[length];
        var reader = view.Addresses;
        var (next, at) = (0, 0);
        while (reader.MoveNextLive(now))
        {
            var address = new AddressEntry
            {
                Address = CopyTo(bytes, ref at, reader.Bytes),
                Ttl = reader.Ttl,
                Expires = reader.Expires,
                Source = reader.Source,
            };
            details[next++] = address.ToDetails();
        }

        return details;
    }

    private static (int Count, int Length) Count(in PeerView view, long now)
    {
        var (count, length) = (0, 0);
        var reader = view.Addresses;
        while (reader.MoveNextLive(now))
        {
            count++;
            length += reader.Range.Length;
        }

        return (count, length);
    }

    private static Multiaddr CopyTo(byte[] bytes, ref int at, ReadOnlySpan<byte> address)
    {
        address.CopyTo(bytes.AsSpan(at));
        at += address.Length;
        return Multiaddr.FromTrusted(bytes, at - address.Length, address.Length);
    }
}

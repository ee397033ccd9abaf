using System.Buffers.Binary;
using Libp2p;

namespace Peerstore.Scorecard.Data;

/// <summary>Writes multiaddrs byte by byte, as another implementation would have sent them.</summary>
/// <param name="buffer">Room for one address.</param>
internal ref struct WireBytes(Span<byte> buffer)
{
    /// <summary>Bytes of a peer ID.</summary>
    public const int IdLength = 38;

    /// <summary>More than any address here has.</summary>
    public const int MaxAddressLength = 128;

    private readonly Span<byte> _buffer = buffer;
    private int _length;

    /// <summary>The identity multihash of an Ed25519 key in protobuf, up to the key.</summary>
    public static ReadOnlySpan<byte> IdPrefix => [0x00, 0x24, 0x08, 0x01, 0x12, 0x20];

    public WireBytes Restart()
    {
        _length = 0;
        return this;
    }

    public WireBytes Ip4(scoped ReadOnlySpan<byte> ip) => Put([0x04], ip);

    public WireBytes Ip6(scoped ReadOnlySpan<byte> ip) => Put([0x29], ip);

    public WireBytes Tcp(int port) => Port([0x06], port);

    public WireBytes Udp(int port) => Port([0x91, 0x02], port);

    public WireBytes QuicV1() => Put([0xCD, 0x03], []);

    public WireBytes Peer(scoped ReadOnlySpan<byte> id) => Put([0xA5, 0x03, (byte)id.Length], id);

    public WireBytes Circuit() => Put([0xA2, 0x02], []);

    /// <summary>WebTransport with the hashes of today's and tomorrow's certificate.</summary>
    public WireBytes WebTransport(ref SplitMix64 chance)
    {
        Span<byte> hash = stackalloc byte[32];
        var address = Put([0xD1, 0x03], []);
        for (var i = 0; i < 2; i++)
        {
            chance.Fill(hash);
            address = address.Put([0xD2, 0x03, 0x22, 0x12, 0x20], hash);
        }

        return address;
    }

    public readonly Multiaddr Decode() => Multiaddr.TryDecode(_buffer[.._length], out var address)
        ? address
        : throw new InvalidOperationException("An address of the scorecard's own is not valid.");

    private WireBytes Port(scoped ReadOnlySpan<byte> code, int port)
    {
        Span<byte> value = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(value, (ushort)port);
        return Put(code, value);
    }

    private WireBytes Put(scoped ReadOnlySpan<byte> code, scoped ReadOnlySpan<byte> value)
    {
        code.CopyTo(_buffer[_length..]);
        value.CopyTo(_buffer[(_length + code.Length)..]);
        _length += code.Length + value.Length;
        return this;
    }
}

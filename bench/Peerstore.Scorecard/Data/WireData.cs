using System.Text;
using Libp2p;

namespace Peerstore.Scorecard.Data;

/// <summary>Peers as a reader of the network gets them: made from bytes, each time anew.</summary>
/// <remarks>
/// The same number and seed give the same peer, so that ten million of them need not be held to be asked for again.
/// No two values share an object: a store that keeps what it is given keeps all of it, as it would of a network.
/// </remarks>
/// <param name="seed">What the data depend on.</param>
internal sealed class WireData(int seed)
{
    /// <summary>Addresses of a peer.</summary>
    public const int AddressCount = 5;

    /// <summary>Relays that the odd peers are reached over.</summary>
    public const int RelayCount = 64;

    /// <summary>What one peer speaks: a usual node of the IPFS network.</summary>
    private static readonly byte[][] ProtocolIds =
    [
        .. new[]
        {
            "/ipfs/bitswap", "/ipfs/bitswap/1.0.0", "/ipfs/bitswap/1.1.0", "/ipfs/bitswap/1.2.0", "/ipfs/id/1.0.0",
            "/ipfs/id/push/1.0.0", "/ipfs/kad/1.0.0", "/ipfs/ping/1.0.0", "/libp2p/autonat/1.0.0",
            "/libp2p/circuit/relay/0.2.0/hop", "/libp2p/circuit/relay/0.2.0/stop", "/libp2p/dcutr",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>Protocols of a peer.</summary>
    public static int ProtocolCount => ProtocolIds.Length;

    /// <summary>The ID of a peer.</summary>
    /// <param name="number">Which; relays have negative numbers.</param>
    public PeerId Id(int number)
    {
        Span<byte> bytes = stackalloc byte[WireBytes.IdLength];
        WriteId(number, bytes);
        return PeerId.Decode(bytes);
    }

    /// <summary>The addresses of a peer, decoded from bytes.</summary>
    /// <param name="number">Which.</param>
    public Multiaddr[] Addresses(int number)
    {
        var chance = new SplitMix64(SeedOf(number) ^ 0x5DEECE66D);
        Span<byte> buffer = stackalloc byte[WireBytes.MaxAddressLength];
        var bytes = new WireBytes(buffer);
        Span<byte> ip4 = stackalloc byte[4];
        Span<byte> ip6 = stackalloc byte[16];
        chance.Fill(ip4);
        chance.Fill(ip6);
        ip4[0] = (byte)(11 + (ip4[0] % 100));
        ip6[0] = 0x20;
        ip6[1] = 0x01;
        var port = 1024 + chance.Next(60_000);
        return
        [
            bytes.Restart().Ip4(ip4).Tcp(port).Decode(),
            bytes.Restart().Ip4(ip4).Udp(port).QuicV1().Decode(),
            bytes.Restart().Ip6(ip6).Tcp(port).Decode(),
            bytes.Restart().Ip6(ip6).Udp(port).QuicV1().Decode(),
            int.IsEvenInteger(number)
                ? bytes.Restart().Ip4(ip4).Udp(port).QuicV1().WebTransport(ref chance).Decode()
                : Circuit(bytes, chance.Next(RelayCount)),
        ];
    }

    /// <summary>The protocols of a peer, decoded from bytes.</summary>
    public static string[] Protocols() => Array.ConvertAll(ProtocolIds, Encoding.UTF8.GetString);

    private Multiaddr Circuit(WireBytes bytes, int relay)
    {
        Span<byte> ip4 = stackalloc byte[4];
        Span<byte> id = stackalloc byte[WireBytes.IdLength];
        new SplitMix64(SeedOf(~relay) ^ 0x5DEECE66D).Fill(ip4);
        ip4[0] = 11;
        WriteId(~relay, id);
        return bytes.Restart().Ip4(ip4).Tcp(4001).Peer(id).Circuit().Decode();
    }

    private void WriteId(int number, Span<byte> bytes)
    {
        WireBytes.IdPrefix.CopyTo(bytes);
        new SplitMix64(SeedOf(number)).Fill(bytes[WireBytes.IdPrefix.Length..]);
    }

    private ulong SeedOf(int number) => new SplitMix64(((ulong)(uint)seed << 32) | (uint)number).Next();
}

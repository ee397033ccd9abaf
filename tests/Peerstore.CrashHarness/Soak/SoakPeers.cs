using System.Buffers.Binary;
using System.Security.Cryptography;
using Libp2p;

namespace Peerstore.CrashHarness;

/// <summary>Who the peers of a soak are, and what may be known of them: a function of their numbers.</summary>
internal static class SoakPeers
{
    public const int AddressCount = 3;
    private const int ProtocolSets = 16;
    private const int ProtocolsPerSet = 8;

    private static readonly string[][] Sets =
    [
        .. Enumerable.Range(0, ProtocolSets).Select(static set =>
            Enumerable.Range(0, ProtocolsPerSet).Select(protocol => $"/soak/{protocol}/{protocol * set}").ToArray()),
    ];

    public static PeerId IdOf(long number) => PeerId.Decode([0x12, 0x20, .. HashOf(number)]);

    public static Multiaddr[] AddressesOf(long number)
    {
        var hash = HashOf(~number);
        var (ip, port) = ($"/ip4/11.{hash[0]}.{hash[1]}.{hash[2]}", 1024 + BinaryPrimitives.ReadUInt16BigEndian(hash.AsSpan(3)) / 2);
        return
        [
            Multiaddr.Parse($"{ip}/tcp/{port}"),
            Multiaddr.Parse($"{ip}/udp/{port}/quic-v1"),
            Multiaddr.Parse($"/ip6/2001:db8::{hash[5]:x}:{hash[6]:x}/tcp/{port}"),
        ];
    }

    /// <summary>One of a few sets, as peers run one of a few programs.</summary>
    public static string[] ProtocolsAt(int set) => Sets[set % ProtocolSets];

    private static byte[] HashOf(long number) => SHA256.HashData(BitConverter.GetBytes(number));
}

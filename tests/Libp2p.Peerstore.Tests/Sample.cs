namespace Libp2p.Peerstore.Tests;

/// <summary>Peers and addresses to test with.</summary>
internal static class Sample
{
    public static readonly Multiaddr Tcp = Multiaddr.Parse("/ip4/1.2.3.4/tcp/4001");
    public static readonly Multiaddr Quic = Multiaddr.Parse("/ip4/1.2.3.4/udp/4001/quic-v1");
    public static readonly Multiaddr Six = Multiaddr.Parse("/ip6/2001:db8::1/tcp/4001");
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static PrivateKey NewKey(KeyType type = KeyType.Ed25519) => PrivateKey.Generate(type);

    public static PeerId NewPeer() => PeerId.FromPublicKey(NewKey().PublicKey);

    public static Multiaddr Address(int number) => Multiaddr.Parse($"/ip4/10.0.{number >> 8}.{number & 0xFF}/tcp/4001");

    public static PeerRecord Record(PrivateKey key, ulong sequence, params Multiaddr[] addresses) =>
        PeerRecord.Seal(key, sequence, addresses);
}

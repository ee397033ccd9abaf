namespace Libp2p.Peerstore.Testing;

/// <summary>Peers, addresses and times to check with.</summary>
internal static class Given
{
    public static readonly Multiaddr Tcp = Multiaddr.Parse("/ip4/1.2.3.4/tcp/4001");
    public static readonly Multiaddr Quic = Multiaddr.Parse("/ip4/1.2.3.4/udp/4001/quic-v1");
    public static readonly Multiaddr Six = Multiaddr.Parse("/ip6/2001:db8::1/tcp/4001");
    public static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static PrivateKey Key(KeyType type = KeyType.Ed25519) => PrivateKey.Generate(type);

    public static PeerId Peer() => PeerId.FromPublicKey(Key().PublicKey);

    public static PeerId[] Peers(int number) => [.. Enumerable.Range(0, number).Select(static _ => Peer())];

    public static Multiaddr Address(int number) => Multiaddr.Parse($"/ip4/10.0.{number >> 8}.{number & 0xFF}/tcp/4001");

    public static Multiaddr[] Addresses(int number) => [.. Enumerable.Range(0, number).Select(Address)];

    public static PeerRecord Record(PrivateKey key, ulong sequence, params Multiaddr[] addresses) =>
        PeerRecord.Seal(key, sequence, addresses);

    public static string[] Texts(IEnumerable<Multiaddr> addresses) =>
        [.. addresses.Select(static address => address.ToString()).Order(StringComparer.Ordinal)];

    public static string[] Texts(params Multiaddr[] addresses) => Texts((IEnumerable<Multiaddr>)addresses);
}

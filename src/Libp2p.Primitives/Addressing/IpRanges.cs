namespace Libp2p;

/// <summary>Which IP addresses are whose. Takes 4 or 16 bytes; of nothing, nothing holds.</summary>
internal static class IpRanges
{
    public static bool IsLoopback(ReadOnlySpan<byte> ip) => Unmapped(ip) switch
    {
        [127, _, _, _] => true,
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1] => true,
        _ => false,
    };

    public static bool IsPrivate(ReadOnlySpan<byte> ip) => Unmapped(ip) switch
    {
        [10, _, _, _] => true,
        [172, >= 16 and < 32, _, _] => true,
        [192, 168, _, _] => true,
        [100, >= 64 and < 128, _, _] => true,
        [169, 254, _, _] => true,
        [0xFC or 0xFD, .. { Length: 15 }] => true,
        [0xFE, >= 0x80 and < 0xC0, .. { Length: 14 }] => true,
        _ => false,
    };

    public static bool IsPublic(ReadOnlySpan<byte> ip) => Unmapped(ip) switch
    {
        { Length: 4 } ip4 => !IsLoopback(ip4) && !IsPrivate(ip4) && !IsReserved(ip4),
        [0x20, 0x01, 0x0D, 0xB8, ..] => false,
        [>= 0x20 and < 0x40, .. { Length: 15 }] => true,
        _ => false,
    };

    // Of no use to a host on the internet: this network, documentation, benchmarks, old anycast, multicast, class E.
    private static bool IsReserved(ReadOnlySpan<byte> ip) => ip switch
    {
        [0, _, _, _] => true,
        [192, 0, 0 or 2, _] => true,
        [192, 88, 99, _] => true,
        [198, 18 or 19, _, _] => true,
        [198, 51, 100, _] => true,
        [203, 0, 113, _] => true,
        [>= 224, _, _, _] => true,
        _ => false,
    };

    private static ReadOnlySpan<byte> Unmapped(ReadOnlySpan<byte> ip) => IpParser.IsMapped(ip) ? ip[12..] : ip;
}

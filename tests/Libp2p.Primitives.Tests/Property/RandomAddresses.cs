using System.Text;

namespace Libp2p.Tests;

/// <summary>Makes valid peer IDs and multiaddrs from chance, without the code under test.</summary>
internal static class RandomAddresses
{
    public static byte[] PeerBytes(this Random random)
    {
        if (random.Next(2) == 0)
        {
            return [0x12, 32, .. random.Bytes(32)];
        }

        var length = random.Next(46);
        return [0, (byte)length, .. random.Bytes(length)];
    }

    public static byte[] MultiaddrBytes(this Random random)
    {
        var bytes = new List<byte>();
        for (var i = random.Next(1, 7); i > 0; i--)
        {
            var protocol = MultiaddrProtocol.All[random.Next(MultiaddrProtocol.All.Count)];
            if (protocol.IsPath && i > 1)
            {
                continue;
            }

            bytes.AddRange(random.ComponentBytes(protocol));
        }

        return bytes.Count > 0 ? [.. bytes] : random.MultiaddrBytes();
    }

    public static byte[] ComponentBytes(this Random random, MultiaddrProtocol protocol)
    {
        var bytes = new List<byte>();
        AddVarint(bytes, protocol.Code);
        var value = protocol.ValueOf(random);
        if (protocol.Size < 0)
        {
            AddVarint(bytes, value.Length);
        }

        return [.. bytes, .. value];
    }

    private static byte[] ValueOf(this MultiaddrProtocol protocol, Random random) => protocol.Name switch
    {
        "p2p" => random.PeerBytes(),
        "certhash" => CertHash(random),
        "unix" => [(byte)'/', .. random.Name('\0', slashes: true)],
        "http-path" => random.Bytes(random.Next(1, 200)),
        "garlic64" => random.Bytes(random.Next(386, 450)),
        "garlic32" => random.Bytes(random.Next(2) == 0 ? 32 : random.Next(35, 60)),
        "onion" or "onion3" => [.. random.Bytes(protocol.Size / 8 - 1), (byte)random.Next(1, 256)],
        _ when protocol.Size < 0 => random.Name('/', slashes: false),
        _ => random.Bytes(protocol.Size / 8),
    };

    private static byte[] CertHash(Random random)
    {
        var length = random.Next(100);
        return [(byte)random.Next(128), (byte)length, .. random.Bytes(length)];
    }

    private static byte[] Name(this Random random, char without, bool slashes)
    {
        const string Letters = "abcxyz019-_.% +ü߀🚀\0\n";
        var text = new StringBuilder();
        foreach (var rune in Enumerable.Range(0, random.Next(1, 200)).Select(_ => Letters.EnumerateRunes().ElementAt(random.Next(20))))
        {
            text.Append(rune.Value == without ? "x" : rune.ToString());
        }

        return Encoding.UTF8.GetBytes(slashes ? $"{text}/{text}" : text.ToString());
    }

    private static void AddVarint(List<byte> bytes, int value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
    }
}

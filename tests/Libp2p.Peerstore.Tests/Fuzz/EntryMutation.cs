namespace Libp2p.Peerstore.Tests;

/// <summary>Entries as a damaged or hostile file may hold them.</summary>
internal static class EntryMutation
{
    /// <summary>Some bytes changed, taken out or doubled, and a good checksum over the rest.</summary>
    public static byte[] Of(byte[] valid, Random random, PeerId peer)
    {
        var bytes = valid[..^sizeof(uint)].ToList();
        for (var changes = random.Next(4); changes >= 0; changes--)
        {
            var at = random.Next(1, bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)));
                    break;
            }
        }

        return Seal([.. bytes], peer);
    }

    /// <summary>A version and sections with a good checksum behind them.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> content, PeerId peer) =>
        [.. content, .. BitConverter.GetBytes(EntryFormat.Checksum(peer, content))];
}

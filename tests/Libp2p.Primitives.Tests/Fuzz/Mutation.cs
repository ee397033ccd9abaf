namespace Libp2p.Tests;

/// <summary>Damage as it happens to bytes, and as attackers do it.</summary>
internal static class Mutation
{
    /// <summary>Changes a few bytes: overwrites, flips, cuts, inserts or repeats.</summary>
    public static byte[] Mutate(this Random random, ReadOnlySpan<byte> original)
    {
        List<byte> bytes = [.. original];
        for (var rounds = random.Next(1, 4); rounds > 0; rounds--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(5))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(8), bytes.Count - at));
                    break;
                case 3:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(40), bytes.Count - at)));
                    break;
            }
        }

        return [.. bytes];
    }
}

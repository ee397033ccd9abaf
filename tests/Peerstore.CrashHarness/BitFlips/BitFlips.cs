namespace Peerstore.CrashHarness;

/// <summary>Flips bits of a file.</summary>
/// <param name="random">Where chance comes from.</param>
/// <param name="isInStructure">
/// Whether only those are hit that say where things stand: the header of the file, and the beginning of each page. They are few,
/// and matter most.
/// </param>
internal sealed class BitFlips(Random random, bool isInStructure)
{
    private const int Header = 100;
    private const int Page = 4096;
    private const int PageHead = 40;
    private const int MostBits = 8;
    private const int Neighbourhood = 64;

    /// <summary>Flips one bit, or now and then several close to each other.</summary>
    /// <returns>Which, for a person.</returns>
    public string Apply(byte[] bytes)
    {
        var at = Next(bytes.Length);
        var count = random.Next(8) == 0 ? 2 + random.Next(MostBits - 1) : 1;
        var flipped = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var bit = random.Next(8);
            bytes[at] ^= (byte)(1 << bit);
            flipped.Add($"{at}.{bit}");
            at = Math.Min(bytes.Length - 1, at + random.Next(Neighbourhood));
        }

        return string.Join(' ', flipped);
    }

    private int Next(int length)
    {
        if (!isInStructure)
        {
            return random.Next(length);
        }

        var page = random.Next(length / Page);
        return page == 0 ? random.Next(Header + PageHead) : (page * Page) + random.Next(PageHead);
    }
}

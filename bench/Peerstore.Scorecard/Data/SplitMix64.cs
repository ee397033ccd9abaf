namespace Peerstore.Scorecard.Data;

/// <summary>Steele, Lea and Flood's generator: cheap to seed, so that every peer has a stream of chance of its own.</summary>
/// <param name="seed">Where it begins.</param>
internal struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to below the bound; the bias is below one in 2^32 for any int.</summary>
    /// <param name="bound">The bound.</param>
    public int Next(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>Fills bytes.</summary>
    /// <param name="destination">The bytes.</param>
    public void Fill(Span<byte> destination)
    {
        while (destination.Length >= sizeof(ulong))
        {
            BitConverter.TryWriteBytes(destination, Next());
            destination = destination[sizeof(ulong)..];
        }

        for (var rest = Next(); destination.Length > 0; rest >>= 8)
        {
            destination[0] = (byte)rest;
            destination = destination[1..];
        }
    }
}

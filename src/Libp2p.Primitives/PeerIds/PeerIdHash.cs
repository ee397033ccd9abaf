using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Libp2p;

/// <summary>The hash code of a peer ID, with keys that are drawn anew in each process.</summary>
/// <remarks>
/// Peers choose their IDs and would choose colliding ones. Sums of products with secret keys (the NH hash of UMAC) make
/// any two IDs collide with a probability of 2^-64, before the fold to 32 bits, whoever chose them, at three
/// multiplications; a plain slice of the ID would be cheaper and could be attacked.
/// </remarks>
internal static class PeerIdHash
{
    private static readonly ulong Key0 = NextKey();
    private static readonly ulong Key1 = NextKey();
    private static readonly ulong Key2 = NextKey();
    private static readonly ulong Key3 = NextKey();
    private static readonly ulong Key4 = NextKey();
    private static readonly ulong Key5 = NextKey();
    private static readonly ulong Key6 = NextKey();
    private static readonly ulong Key7 = NextKey();

    /// <summary>The hash code of six words.</summary>
    public static int Compute(ReadOnlySpan<ulong> words)
    {
        var folded = Compute64(words);
        return (int)(folded ^ (folded >> 32));
    }

    /// <summary>The hash of six words in 64 bits, all of them good.</summary>
    public static ulong Compute64(ReadOnlySpan<ulong> words)
    {
        var high = Math.BigMul(words[0] + Key0, words[1] + Key1, out var low);
        AddProduct(words[2] + Key2, words[3] + Key3, ref high, ref low);
        AddProduct(words[4] + Key4, words[5] + Key5, ref high, ref low);
        var top = Math.BigMul(low ^ Key6, high ^ Key7, out var bottom);
        return top ^ bottom;
    }

    private static void AddProduct(ulong left, ulong right, ref ulong high, ref ulong low)
    {
        var productHigh = Math.BigMul(left, right, out var productLow);
        low += productLow;
        high += productHigh + (low < productLow ? 1UL : 0UL);
    }

    private static ulong NextKey()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return MemoryMarshal.Read<ulong>(bytes);
    }
}

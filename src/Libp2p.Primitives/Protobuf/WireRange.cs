namespace Libp2p;

/// <summary>Where a value stands: a range of the outermost bytes, so that positions in errors need no sums.</summary>
internal readonly record struct WireRange(int Start, int Length)
{
    /// <summary>Where what follows begins.</summary>
    public int End => Start + Length;

    /// <summary>The value. The bytes are those that it was found in.</summary>
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> bytes) => bytes.Slice(Start, Length);
}

namespace Libp2p.Peerstore.Sqlite;

/// <summary>A cell of a page: a child of it, a row, or both.</summary>
/// <param name="child">The page with all that is less; 0 on a leaf.</param>
/// <param name="length">Of the row, in bytes; 0 where the cell has none.</param>
/// <param name="local">As much of the row as stands in the page.</param>
/// <param name="overflow">The page with the rest; 0 where there is none.</param>
internal readonly ref struct PageCell(uint child, long length, ReadOnlySpan<byte> local, uint overflow)
{
    public uint Child { get; } = child;

    public long Length { get; } = length;

    public ReadOnlySpan<byte> Local { get; } = local;

    public uint Overflow { get; } = overflow;
}

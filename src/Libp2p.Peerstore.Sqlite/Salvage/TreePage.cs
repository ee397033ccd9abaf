using System.Buffers.Binary;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>A page of a b-tree that may be damaged: <c>https://www.sqlite.org/fileformat2.html</c>, 1.6.</summary>
/// <remarks>Whatever the bytes are, nothing here throws: what does not fit is not good, or no cell.</remarks>
internal readonly ref struct TreePage
{
    private const int DatabaseHeader = 100;
    private const byte InteriorIndex = 2;
    private const byte InteriorTable = 5;
    private const byte LeafIndex = 10;
    private const byte LeafTable = 13;

    private readonly ReadOnlySpan<byte> _page;
    private readonly int _cells;

    public TreePage(ReadOnlySpan<byte> page, uint number)
    {
        _page = page;
        var head = number == 1 ? DatabaseHeader : 0;
        var type = page[head];
        IsInterior = type is InteriorIndex or InteriorTable;
        IsIndex = type is InteriorIndex or LeafIndex;
        CellCount = BinaryPrimitives.ReadUInt16BigEndian(page[(head + 3)..]);
        RightChild = IsInterior ? BinaryPrimitives.ReadUInt32BigEndian(page[(head + 8)..]) : 0;
        _cells = head + (IsInterior ? 12 : 8);
        IsGood = (IsInterior || IsIndex || type is LeafTable) && _cells + (CellCount * sizeof(ushort)) <= page.Length;
    }

    /// <summary>Whether it is a page of a tree at all.</summary>
    public bool IsGood { get; }

    public bool IsInterior { get; }

    /// <summary>Whether it is of a table <c>WITHOUT ROWID</c>, or an index.</summary>
    public bool IsIndex { get; }

    public int CellCount { get; }

    /// <summary>The page with all that is greater; 0 on a leaf.</summary>
    public uint RightChild { get; }

    /// <summary>Reads a cell; false where it lies outside of the page.</summary>
    public bool TryGetCell(int index, out PageCell cell)
    {
        cell = default;
        int at = BinaryPrimitives.ReadUInt16BigEndian(_page[(_cells + (index * sizeof(ushort)))..]);
        var child = 0U;
        if (IsInterior)
        {
            if (at + sizeof(uint) > _page.Length)
            {
                return false;
            }

            child = BinaryPrimitives.ReadUInt32BigEndian(_page[at..]);
            at += sizeof(uint);
            if (!IsIndex)
            {
                cell = new(child, length: 0, local: default, overflow: 0);
                return true;
            }
        }

        return TryGetRow(at, child, out cell);
    }

    private bool TryGetRow(int at, uint child, out PageCell cell)
    {
        cell = default;
        if (!RecordVarint.TryRead(_page, ref at, out var length) || (!IsIndex && !RecordVarint.TryRead(_page, ref at, out _)) || length < 0)
        {
            return false;
        }

        var local = LocalLength(length);
        var overflow = 0U;
        if (at + local + (local < length ? sizeof(uint) : 0) > _page.Length)
        {
            return false;
        }

        if (local < length)
        {
            overflow = BinaryPrimitives.ReadUInt32BigEndian(_page[(int)(at + local)..]);
        }

        cell = new(child, length, _page.Slice(at, (int)local), overflow);
        return true;
    }

    /// <summary>How much of a row stands in the page itself. No page of a peerstore keeps bytes back at its end.</summary>
    private long LocalLength(long length)
    {
        var most = IsIndex ? ((_page.Length - 12) * 64 / 255) - 23 : _page.Length - 35;
        if (length <= most)
        {
            return length;
        }

        var least = ((_page.Length - 12) * 32 / 255) - 23;
        var local = least + ((length - least) % (_page.Length - sizeof(uint)));
        return local <= most ? local : least;
    }
}

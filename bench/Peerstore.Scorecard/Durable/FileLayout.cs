using System.Buffers.Binary;

namespace Peerstore.Scorecard.Durable;

/// <summary>What the pages of a SQLite file are filled with, by its published format.</summary>
/// <param name="Cells">The bytes of rows, with what SQLite puts before and between their values.</param>
/// <param name="Heads">The heads of pages, and the places of rows in them.</param>
/// <param name="Empty">Room in pages that no row stands in.</param>
/// <param name="Other">Pages that hold no rows: the rest of long ones, and free pages.</param>
internal readonly record struct FileLayout(long Cells, long Heads, long Empty, long Other)
{
    private const int FileHeader = 100;
    private const int LeafHead = 8;
    private const int InnerHead = 12;

    /// <summary>Reads a file that nobody has open and beside which there is no log.</summary>
    /// <param name="path">The file.</param>
    public static FileLayout Read(string path)
    {
        using var file = File.OpenRead(path);
        var header = new byte[FileHeader];
        file.ReadExactly(header);
        var pageSize = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(16));
        var page = new byte[pageSize == 1 ? 1 << 16 : pageSize];
        var layout = default(FileLayout);
        file.Position = 0;
        for (var isFirst = true; file.ReadAtLeast(page, page.Length, throwOnEndOfStream: false) == page.Length; isFirst = false)
        {
            layout += Of(page, isFirst ? FileHeader : 0);
        }

        return layout;
    }

    public static FileLayout operator +(FileLayout left, FileLayout right) => new(
        left.Cells + right.Cells, left.Heads + right.Heads, left.Empty + right.Empty, left.Other + right.Other);

    private static FileLayout Of(ReadOnlySpan<byte> page, int at)
    {
        // Pages of other kinds begin with the number of a page, whose first byte is 0 below 64 GB.
        if (page[at] is not (2 or 5 or 10 or 13))
        {
            return new(0, 0, 0, page.Length);
        }

        var head = at + (page[at] < 10 ? InnerHead : LeafHead) + (2 * Number(page, at + 3));
        var content = Number(page, at + 5);
        content = content == 0 ? 1 << 16 : content;
        var empty = content - head + page[at + 7];
        for (var free = Number(page, at + 1); free != 0; free = Number(page, free))
        {
            empty += Number(page, free + 2);
        }

        return new(page.Length - head - empty, head, empty, 0);
    }

    private static int Number(ReadOnlySpan<byte> page, int at) => BinaryPrimitives.ReadUInt16BigEndian(page[at..]);
}

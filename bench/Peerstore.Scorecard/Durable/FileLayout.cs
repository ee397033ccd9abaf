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
        var pageSize = Number(header, 16);
        var page = new byte[pageSize == 1 ? 1 << 16 : pageSize];
        var free = FreePages(file, page, Pointer(header, 32));
        var layout = default(FileLayout);
        for (uint number = 1; TryRead(file, page, number); number++)
        {
            layout += free.Contains(number) ? new(0, 0, 0, page.Length) : Of(page, number == 1 ? FileHeader : 0);
        }

        return layout;
    }

    public static FileLayout operator +(FileLayout left, FileLayout right) => new(
        left.Cells + right.Cells, left.Heads + right.Heads, left.Empty + right.Empty, left.Other + right.Other);

    /// <summary>They keep what they held when they were in use, and must not be taken for that.</summary>
    private static HashSet<uint> FreePages(FileStream file, byte[] page, uint trunk)
    {
        HashSet<uint> free = [];
        while (trunk != 0 && free.Add(trunk) && TryRead(file, page, trunk))
        {
            for (uint i = 0; i < Pointer(page, 4); i++)
            {
                free.Add(Pointer(page, 8 + (4 * (int)i)));
            }

            trunk = Pointer(page, 0);
        }

        return free;
    }

    private static bool TryRead(FileStream file, byte[] page, uint number)
    {
        file.Position = (number - 1L) * page.Length;
        return file.ReadAtLeast(page, page.Length, throwOnEndOfStream: false) == page.Length;
    }

    private static FileLayout Of(ReadOnlySpan<byte> page, int at)
    {
        // The rest of a long row begins with the number of a page, whose first byte is 0 below 64 GB.
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

    private static uint Pointer(ReadOnlySpan<byte> page, int at) => BinaryPrimitives.ReadUInt32BigEndian(page[at..]);

    private static int Number(ReadOnlySpan<byte> page, int at) => BinaryPrimitives.ReadUInt16BigEndian(page[at..]);
}

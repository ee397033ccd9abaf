using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>The pages of a database file, read without SQLite, which gives up where one is damaged. The file is not changed.</summary>
internal sealed class DatabasePages : IDisposable
{
    private const int FirstTrunk = 32;
    private const int TrunkHead = 8;

    private readonly SafeFileHandle _file;

    /// <param name="path">The file. Nobody has it open.</param>
    /// <param name="pageSize">A power of two from 512 to 65,536.</param>
    public DatabasePages(string path, int pageSize)
    {
        Size = pageSize;
        _file = File.OpenHandle(path);
        Count = (uint)Math.Min(uint.MaxValue, RandomAccess.GetLength(_file) / pageSize);
    }

    public int Size { get; }

    /// <summary>How many pages there are; the first is number 1.</summary>
    public uint Count { get; }

    /// <summary>Reads a page; false where there is none of that number.</summary>
    public bool TryRead(uint number, Span<byte> page) =>
        number > 0 && number <= Count && RandomAccess.Read(_file, page[..Size], (number - 1L) * Size) == Size;

    /// <summary>The payload of a cell, with what does not fit into its page; null where it is not whole.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="rest">Gets the pages on which the rest stands, as far as it was read.</param>
    public byte[]? ReadPayload(in PageCell cell, ICollection<uint> rest)
    {
        if (cell.Length > Count * (long)Size)
        {
            return null;
        }

        var payload = new byte[cell.Length];
        cell.Local.CopyTo(payload);
        var (done, next, page) = (cell.Local.Length, cell.Overflow, new byte[Size]);
        while (done < payload.Length)
        {
            if (!TryRead(next, page))
            {
                return null;
            }

            rest.Add(next);
            var part = page.AsSpan(sizeof(uint), Math.Min(Size - sizeof(uint), payload.Length - done));
            part.CopyTo(payload.AsSpan(done));
            done += part.Length;
            next = BinaryPrimitives.ReadUInt32BigEndian(page);
        }

        return payload;
    }

    /// <summary>The pages that hold nothing any longer, as far as their list can be read: what stands there was removed.</summary>
    /// <param name="isSound">Whether the header is whole, the list as long as it says, and no page on it twice.</param>
    public HashSet<uint> FindFree(out bool isSound)
    {
        var free = new HashSet<uint>();
        var page = new byte[Size];
        var isRead = TryRead(1, page);
        var (trunk, count) = isRead
            ? (BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(FirstTrunk)), BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(FirstTrunk + sizeof(uint))))
            : (0, 0);
        isSound = isRead && FileIdentity.MayBeOurs(page) && FileIdentity.FindDamage(page) is null;
        for (var isRight = isRead; trunk != 0 && isRight; isSound &= isRight)
        {
            isRight = TryRead(trunk, page);
            var leaves = BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(sizeof(uint)));

            // What is no page of the list may be one of a tree.
            isRight &= leaves <= (Size - TrunkHead) / sizeof(uint) && free.Add(trunk);
            for (var i = 0; isRight && i < leaves; i++)
            {
                var leaf = BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(TrunkHead + (i * sizeof(uint))));
                isRight = leaf > 0 && leaf <= Count && free.Add(leaf);
            }

            trunk = BinaryPrimitives.ReadUInt32BigEndian(page);
        }

        isSound &= free.Count == count;
        return free;
    }

    public void Dispose() => _file.Dispose();
}

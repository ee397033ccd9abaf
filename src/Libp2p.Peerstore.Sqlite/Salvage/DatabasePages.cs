using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>The pages of a database file, read without SQLite, which gives up where one is damaged. The file is not changed.</summary>
internal sealed class DatabasePages : IDisposable
{
    private const int FirstTrunk = 32;
    private const int TrunkHead = 8;

    /// <summary>The longest row that is read: no peer has that much.</summary>
    private const int MaxPayload = 64 * 1024 * 1024;

    private readonly SafeFileHandle _file;
    private readonly LogPages? _log;
    private readonly ArrayBufferWriter<byte> _payload = new();
    private readonly byte[] _rest;

    /// <summary>
    /// How many pages may still be read as the rest of a row. Of a sound file each is so once; in a damaged one many rows may
    /// lead to the same pages.
    /// </summary>
    private long _restsLeft;

    /// <param name="path">The file. Nobody has it open.</param>
    /// <param name="pageSize">A power of two from 512 to 65,536.</param>
    /// <param name="log">What stands in the log in place of the file's pages; null for nothing.</param>
    public DatabasePages(string path, int pageSize, LogPages? log = null)
    {
        (Size, _log, _rest) = (pageSize, log, new byte[pageSize]);
        _file = File.OpenHandle(path);
        Count = log?.Count ?? (uint)Math.Min(uint.MaxValue, RandomAccess.GetLength(_file) / pageSize);
        _restsLeft = (2L * Count) + (MaxPayload / pageSize);
    }

    public int Size { get; }

    /// <summary>How many pages there are; the first is number 1.</summary>
    public uint Count { get; }

    /// <summary>Reads a page; false where there is none of that number.</summary>
    public bool TryRead(uint number, Span<byte> page) =>
        number > 0 && number <= Count
        && (_log?.TryRead(number, page) is true || RandomAccess.Read(_file, page[..Size], (number - 1L) * Size) == Size);

    /// <summary>
    /// The payload of a cell, with what does not fit into its page, until the next one is read; null where it is not whole.
    /// </summary>
    /// <remarks>It takes as much memory as was read, not as much as a damaged length says.</remarks>
    /// <param name="cell">The cell.</param>
    /// <param name="rest">Gets the pages on which the rest stands, as far as it was read.</param>
    public ReadOnlyMemory<byte>? ReadPayload(in PageCell cell, ISet<uint> rest)
    {
        if (cell.Length > MaxPayload)
        {
            return null;
        }

        _payload.ResetWrittenCount();
        _payload.Write(cell.Local);
        for (var next = cell.Overflow; _payload.WrittenCount < cell.Length; next = BinaryPrimitives.ReadUInt32BigEndian(_rest))
        {
            if (--_restsLeft < 0 || !rest.Add(next) || !TryRead(next, _rest))
            {
                return null;
            }

            _payload.Write(_rest.AsSpan(sizeof(uint), (int)Math.Min(Size - sizeof(uint), cell.Length - _payload.WrittenCount)));
        }

        return _payload.WrittenMemory;
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

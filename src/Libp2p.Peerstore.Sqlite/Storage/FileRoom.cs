using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>The room that a file has under <see cref="SqlitePeerstoreOptions.MaxFileBytes"/>. Used by one thread at a time.</summary>
/// <remarks>
/// <see cref="FileCap"/> knows how much may be written; this asks SQLite what it needs to know for that, and tells SQLite the
/// maximum, which SQLite keeps whatever is reckoned here (<c>max_page_count</c>). The log beside the file is copied into it
/// after an eighth of the maximum, and then is no longer than that.
/// </remarks>
internal sealed class FileRoom : IDisposable
{
    /// <summary>Removing a row may split a page, too, where the one that takes its place in the tree is longer.</summary>
    private const int ReservedPages = 6;

    private readonly FileCap _cap;
    private readonly Statement _pages;
    private readonly Statement _freePages;
    private readonly Statement _length;

    /// <summary>Begins with a file as it is.</summary>
    /// <param name="connection">The one that writes.</param>
    /// <param name="maxBytes">The bytes that the file may have.</param>
    /// <param name="rowBytes">The bytes of its rows.</param>
    /// <param name="mostLogPages">The pages after which a log is copied into a file without a maximum worth the name.</param>
    public FileRoom(SqliteConnection connection, long maxBytes, long rowBytes, int mostLogPages)
    {
        MaxBytes = maxBytes;
        var pageBytes = SqliteFile.ReadNumber(connection, "PRAGMA page_size");
        _cap = new(maxBytes, pageBytes);
        var logPages = Math.Min(mostLogPages, _cap.MaxPages / 8);
        SqliteFile.Execute(
            connection,
            FormattableString.Invariant($"PRAGMA max_page_count = {Math.Min(_cap.MaxPages, int.MaxValue)}; PRAGMA wal_autocheckpoint = {logPages}; PRAGMA journal_size_limit = {logPages * pageBytes};"));
        _pages = new(connection, "PRAGMA page_count");
        _freePages = new(connection, "PRAGMA freelist_count");
        _length = new(connection, "SELECT length(id) + length(entry) FROM peer WHERE id = ?1");
        _cap.Opened(PagesInUse(), rowBytes);
    }

    /// <summary>The bytes that the file may have.</summary>
    public long MaxBytes { get; }

    /// <summary>The bytes of entries that one transaction may write: no more than there is to spare below the maximum.</summary>
    public long BytesPerTransaction => _cap.SlackBytes;

    /// <summary>The peers that one transaction may write.</summary>
    public int PeersPerTransaction => (int)Math.Clamp(_cap.MaxPages / 8, 1, RoundWriter.PeersPerTransaction);

    /// <summary>Whether the file has come so near to its maximum that pages may lack.</summary>
    public bool IsNear => _cap.IsNear;

    /// <summary>Whether others have to make room for what is new.</summary>
    public bool IsFull => _cap.IsFull;

    /// <summary>Whether what is kept free for known peers may be used: while nobody may be evicted.</summary>
    public bool GivesTheLast { get; set; }

    /// <summary>Whether the last pages are in use, without which not even removing a peer is sure to succeed.</summary>
    public bool IsOverdrawn => PagesInUse() > _cap.MaxPages - ReservedPages;

    /// <summary>Whether room is given that may not be there.</summary>
    public bool GivesRegardless { get; set; }

    /// <summary>A transaction begins.</summary>
    public void Begin() => _cap.Begin();

    /// <summary>It is in the file.</summary>
    public void Commit() => _cap.Measure(PagesInUse());

    /// <summary>It is not.</summary>
    public void RollBack() => _cap.RollBack();

    /// <summary>Takes the room for a peer's row.</summary>
    /// <returns>Whether there is any.</returns>
    public bool TryTake(in PeerId peer, int entryLength)
    {
        var length = peer.Length + entryLength;
        if (_cap.MayLack(length))
        {
            _cap.Measure(PagesInUse());
        }

        var growth = length - LengthOf(peer);
        if (!GivesRegardless && !_cap.Fits(length, growth, GivesTheLast))
        {
            return false;
        }

        _cap.Take(length, growth);
        return true;
    }

    /// <summary>Gives back the room of a peer's row, which is about to be removed.</summary>
    public void GiveBack(in PeerId peer) => _cap.Take(length: 0, -LengthOf(peer));

    public void Dispose()
    {
        _pages.Dispose();
        _freePages.Dispose();
        _length.Dispose();
    }

    private long PagesInUse() => _pages.ReadNumber() - _freePages.ReadNumber();

    /// <summary>The bytes that a row has in the file; 0 while nobody counts them.</summary>
    private long LengthOf(in PeerId peer) => _cap.IsNear ? _length.Bind(1, peer.Bytes).ReadNumber() : 0;
}

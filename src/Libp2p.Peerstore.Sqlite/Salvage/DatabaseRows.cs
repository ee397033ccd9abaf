namespace Libp2p.Peerstore.Sqlite;

/// <summary>Goes through the rows of a database that may be damaged. Used once.</summary>
/// <remarks>
/// First along the trees, as SQLite would, but past what cannot be read. Where a part of a tree was missing, then through
/// all pages that belong to no tree and are not on the list of free ones: among them are those that the missing part led to.
/// Where no part was missing they are not looked at, for there may be rows among them that were removed long ago.
/// A damaged row may lead to any page for its rest: only one that is proven to be whole says what those pages are.
/// </remarks>
/// <param name="pages">The database.</param>
/// <param name="take">Given the values of each row, and whether a tree led to it; tells whether it is proven to be whole.</param>
/// <param name="cancellationToken">Stops it between two pages.</param>
internal sealed class DatabaseRows(
    DatabasePages pages, Func<List<RecordColumn>, bool, bool> take, CancellationToken cancellationToken)
{
    private const int SchemaColumns = 5;
    private const int SchemaRoot = 3;
    private const int TablesOfSchema = 3;

    private readonly HashSet<uint> _visited = [];
    private readonly HashSet<uint> _rests = [];
    private readonly HashSet<uint> _rest = [];
    private readonly List<uint> _roots = [];
    private readonly byte[] _bytes = new byte[pages.Size];
    private bool _isMissing;
    private bool _areFreeKnown = true;

    /// <summary>Whether rows were taken from pages of which nobody knows whether they are free ones.</summary>
    public bool MayIncludeRemoved { get; private set; }

    /// <summary>Whether the pages that are on the list of free ones are that, and no others; reads no row but those of trees.</summary>
    public bool AreFreePagesSound()
    {
        ReadTrees();
        var free = pages.FindFree(out var isSound);
        return isSound && !free.Overlaps(_visited) && !free.Overlaps(_rests);
    }

    public void Read()
    {
        ReadTrees();
        if (!_isMissing)
        {
            return;
        }

        var free = pages.FindFree(out _areFreeKnown);
        for (var number = 2U; number <= pages.Count; number++)
        {
            if (!_visited.Contains(number) && !_rests.Contains(number) && !free.Contains(number))
            {
                Take(number, children: null);
            }
        }
    }

    private void ReadTrees()
    {
        Walk(1);
        _isMissing |= _roots.Count < TablesOfSchema;
        foreach (var root in _roots.ToArray())
        {
            Walk(root);
        }
    }

    private void Walk(uint root)
    {
        var next = new Stack<uint>();
        Lead(root, next);
        while (next.TryPop(out var number))
        {
            _isMissing |= !Take(number, next);
        }
    }

    private void Lead(uint number, Stack<uint> next)
    {
        // A page to which two lead is in the wrong place once.
        if (_visited.Add(number))
        {
            next.Push(number);
        }
        else
        {
            _isMissing = true;
        }
    }

    /// <summary>Takes the rows of a page; false where something of it cannot be read.</summary>
    /// <param name="number">The page.</param>
    /// <param name="children">Gets those that it leads to; null where no tree led to it.</param>
    private bool Take(uint number, Stack<uint>? children)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!pages.TryRead(number, _bytes))
        {
            return false;
        }

        var page = new TreePage(_bytes, number);
        if (!page.IsGood)
        {
            return false;
        }

        var isWhole = true;
        for (var i = 0; i < page.CellCount; i++)
        {
            isWhole &= page.TryGetCell(i, out var cell) && Take(cell, isInTree: children is not null);
            if (cell.Child != 0 && children is not null)
            {
                Lead(cell.Child, children);
            }
        }

        if (page.IsInterior && children is not null)
        {
            Lead(page.RightChild, children);
        }

        return isWhole;
    }

    private bool Take(in PageCell cell, bool isInTree)
    {
        if (cell.Length == 0)
        {
            return true;
        }

        _rest.Clear();
        if (pages.ReadPayload(cell, _rest) is not { } row || RecordColumn.ReadAll(row) is not { } columns)
        {
            return false;
        }

        if (isInTree && columns.Count == SchemaColumns)
        {
            AddRoot(columns[SchemaRoot].Number);
        }

        if (take(columns, isInTree))
        {
            _rests.UnionWith(_rest);
            MayIncludeRemoved |= !isInTree && !_areFreeKnown;
        }

        return true;
    }

    private void AddRoot(long root)
    {
        // Views have none.
        if (root is > 1 and <= uint.MaxValue)
        {
            _roots.Add((uint)root);
        }
    }
}

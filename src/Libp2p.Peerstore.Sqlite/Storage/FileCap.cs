namespace Libp2p.Peerstore.Sqlite;

/// <summary>How much more may go into a file that may have so many pages and no more. Numbers only; used by one thread at a time.</summary>
/// <remarks>
/// <para>
/// Pages are what counts in the end, but they say too little: a peer that is removed leaves a gap in a page that stays in
/// use, and another one fills it. Evicting until pages are free would cost half of the peers. So nothing is counted until the
/// pages in use come to a mark, a sixteenth below the maximum; from there on rows are counted in bytes as well, and new
/// ones have to make do with what others leave.
/// </para>
/// <para>
/// How many bytes fit at the mark is not known beforehand: pages that rows come and go in at random are two thirds full, and
/// less where rows are large. So the share that is allowed falls as pages in use go on from the mark towards the maximum, and
/// rises when they come back: fewer bytes are to leave more gaps, until the pages no longer grow. The range in between is
/// what changes of known peers may use while nobody can be evicted.
/// </para>
/// </remarks>
internal sealed class FileCap
{
    /// <summary>How full pages are that are written to at random, and how full when the file has every page it may have, in percent.</summary>
    private const int UsualFill = 67;
    private const int LeastFill = 40;

    /// <summary>The pages that splitting the pages on the way to a row may take; a tree of five levels takes two a level.</summary>
    private const int PagesOfSplits = 12;

    private readonly long _pageBytes;
    private readonly long _mark;
    private State _state;
    private State _saved;

    /// <summary>Makes it, for a file with all pages free.</summary>
    public FileCap(long maxBytes, long pageBytes)
    {
        _pageBytes = pageBytes;
        MaxPages = maxBytes / pageBytes;
        _mark = MaxPages - Math.Max(MaxPages / 16, 3 * PagesOfSplits);
        _state = new(MaxPages, IsNear: false, IsFull: false, Allowed: 0, RowBytes: 0);
    }

    /// <summary>The pages that the file may have.</summary>
    public long MaxPages { get; }

    /// <summary>What a transaction may add, and the file be over or under what is allowed, without consequence.</summary>
    public long SlackBytes => MaxPages * _pageBytes / 64;

    /// <summary>Whether rows are counted.</summary>
    public bool IsNear => _state.IsNear;

    /// <summary>Whether others have to make room for what is new.</summary>
    public bool IsFull => _state.IsFull;

    /// <summary>The bytes of rows that a file with no page free at the mark is expected to hold.</summary>
    public long UsualBytes => Allowed(UsualFill);

    /// <summary>Whether so few pages are left that they have to be counted again before a row of this length is written.</summary>
    public bool MayLack(int length) => _state.FreePages < PagesOf(length);

    /// <summary>Takes note of how many pages are in use.</summary>
    public void Measure(long pagesInUse)
    {
        var free = MaxPages - pagesInUse;
        if (pagesInUse < _mark - PagesOfSplits || (pagesInUse < _mark && !IsNear))
        {
            _state = new(free, IsNear: false, IsFull: false, Allowed: 0, RowBytes: 0);
            return;
        }

        var range = MaxPages - _mark;
        var over = Math.Clamp(pagesInUse - _mark, 0, range);
        var allowed = Allowed(UsualFill) - (Allowed(UsualFill - LeastFill) * over / range);

        // When the mark is reached, what is there is what fits.
        _state = new(free, IsNear: true, IsFull, allowed, IsNear ? _state.RowBytes : Allowed(UsualFill));
        Judge();
    }

    /// <summary>Takes note of what the rows of a file have that was just opened: gaps that are there may be filled.</summary>
    public void Opened(long pagesInUse, long rowBytes)
    {
        Measure(pagesInUse);
        if (IsNear)
        {
            _state = _state with { RowBytes = Math.Min(_state.RowBytes, rowBytes) };
            Judge();
        }
    }

    /// <summary>Whether a row may be written.</summary>
    /// <param name="length">The bytes it will have.</param>
    /// <param name="growth">How many more than it has.</param>
    /// <param name="toTheLast">Whether what is kept free for known peers may be used.</param>
    public bool Fits(int length, long growth, bool toTheLast)
    {
        // What gets no longer is written in place, unless it is so long that it has pages of its own.
        var needsNone = IsNear && (growth == 0 || (growth < 0 && length < _pageBytes / 5));
        var isAllowed = toTheLast || !IsNear || growth <= 0 || _state.RowBytes + growth <= _state.Allowed + SlackBytes;
        return needsNone || (isAllowed && !MayLack(length));
    }

    /// <summary>A row is written, or removed.</summary>
    /// <param name="length">The bytes it has now; 0 where it is removed.</param>
    /// <param name="growth">How many more than it had.</param>
    public void Take(int length, long growth)
    {
        _state = _state with { FreePages = _state.FreePages - (length == 0 ? 0 : PagesOf(length)) };
        if (IsNear)
        {
            _state = _state with { RowBytes = _state.RowBytes + growth };
            Judge();
        }
    }

    /// <summary>Remembers what is true before a transaction.</summary>
    public void Begin() => _saved = _state;

    /// <summary>The transaction was not.</summary>
    public void RollBack() => _state = _saved;

    /// <summary>Full from what is allowed on, until there is more room than a few peers need.</summary>
    private void Judge()
    {
        var over = _state.RowBytes - _state.Allowed;
        _state = _state with { IsFull = over >= 0 || (IsFull && over > -SlackBytes) };
    }

    private long Allowed(int percent) => _mark * _pageBytes / 100 * percent;

    private long PagesOf(int length) => PagesOfSplits + (length / (_pageBytes - sizeof(int))) + 1;

    /// <summary>What is as it was before where a transaction fails.</summary>
    private readonly record struct State(long FreePages, bool IsNear, bool IsFull, long Allowed, long RowBytes);
}

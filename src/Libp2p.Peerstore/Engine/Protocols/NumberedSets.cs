using System.Numerics;

namespace Libp2p.Peerstore;

/// <summary>Sets of protocols by their numbers, which stand in the records of peers and therefore never change.</summary>
/// <remarks>
/// <para>
/// Written under the gate of <see cref="ProtocolSets"/>, read without: a number stands in a record only while its set is
/// here, and whoever reads it holds the gate of the shard under which it was written, after the set had been.
/// </para>
/// <para>
/// Numbers cannot move together when most of them have gone, so the table is one of pages: a page goes with its last set,
/// and of those that have room the lowest number is given next.
/// </para>
/// </remarks>
internal sealed class NumberedSets
{
    private const int PageBits = 4;
    private const int PageSize = 1 << PageBits;
    private const int NumbersPerWord = 64;
    private const int MinWords = 1;

    // The numbers that are taken, a bit each; 0 is the empty set's, for ever.
    private ulong[] _taken = [1];
    private ProtocolSet?[]?[] _pages = NewPages(MinWords);

    public NumberedSets() => _pages[0] = NewPage(ProtocolSet.Empty);

    /// <summary>How many sets the pages have room for.</summary>
    public int Room => PageSize * _pages.Count(static page => page is not null);

    public ProtocolSet this[uint number] => Volatile.Read(ref _pages)[number >> PageBits]![number & (PageSize - 1)]!;

    /// <summary>Finds a number for another set, and makes room for it, so that adding it cannot fail.</summary>
    public uint Reserve()
    {
        var word = _taken.AsSpan().IndexOfAnyExcept(ulong.MaxValue);
        if (word < 0)
        {
            word = _taken.Length;
            Resize(2 * word);
        }

        var number = (uint)((word * NumbersPerWord) + BitOperations.TrailingZeroCount(~_taken[word]));
        _pages[number >> PageBits] ??= new ProtocolSet?[PageSize];
        return number;
    }

    /// <summary>Adds a set whose number was reserved just before.</summary>
    public void Add(ProtocolSet set)
    {
        _taken[set.Number / NumbersPerWord] |= BitOf(set.Number);
        _pages[set.Number >> PageBits]![set.Number & (PageSize - 1)] = set;
    }

    public void Remove(uint number)
    {
        _taken[number / NumbersPerWord] &= ~BitOf(number);
        var page = number >> PageBits;
        _pages[page]![number & (PageSize - 1)] = null;
        if (IsEmpty(page))
        {
            _pages[page] = null;
            TryShrink();
        }
    }

    private static ulong BitOf(uint number) => 1UL << (int)(number % NumbersPerWord);

    private static ProtocolSet?[]?[] NewPages(int words) => new ProtocolSet?[words * NumbersPerWord / PageSize][];

    private static ProtocolSet?[] NewPage(ProtocolSet first)
    {
        var page = new ProtocolSet?[PageSize];
        page[0] = first;
        return page;
    }

    private bool IsEmpty(uint page)
    {
        const ulong PageMask = (1UL << PageSize) - 1;
        var first = page << PageBits;
        return (_taken[first / NumbersPerWord] >> (int)(first % NumbersPerWord) & PageMask) == 0;
    }

    /// <summary>The list of pages ends behind the last number that is taken, give or take the half.</summary>
    private void TryShrink()
    {
        var used = _taken.AsSpan().LastIndexOfAnyExcept(0UL) + 1;
        if (used > _taken.Length / 4)
        {
            return;
        }

        try
        {
            Resize(Math.Max(MinWords, 2 * used));
        }
        catch (OutOfMemoryException)
        {
            // The larger list does as well; the next page that goes tries again.
        }
    }

    private void Resize(int words)
    {
        var (taken, pages) = (new ulong[words], NewPages(words));
        var both = Math.Min(words, _taken.Length);
        _taken.AsSpan(0, both).CopyTo(taken);
        _pages.AsSpan(0, both * NumbersPerWord / PageSize).CopyTo(pages);
        _taken = taken;
        Volatile.Write(ref _pages, pages);
    }
}

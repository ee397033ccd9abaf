using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

/// <summary>What is reckoned of a file of 1,600 pages of 4 KB: the mark is at 1,500 of them.</summary>
public class FileCapTests
{
    private const int Page = 4096;
    private const int Mark = 1500;

    private readonly FileCap _cap = new(1600 * Page, Page);

    [Fact]
    public void Far_from_the_maximum_everything_fits_that_has_pages_and_nothing_is_counted()
    {
        _cap.Measure(Mark - 1);
        Assert.False(_cap.IsNear);
        Assert.True(_cap.Fits(50 * Page, 50 * Page, toTheLast: false));
        Assert.False(_cap.Fits(100 * Page, 100 * Page, toTheLast: true));
        _cap.Take(length: 0, -1000 * Page);
        Assert.False(_cap.IsFull);
    }

    [Fact]
    public void At_the_mark_a_row_has_to_make_do_with_what_others_leave()
    {
        _cap.Measure(Mark);
        Assert.True(_cap.IsFull);
        _cap.Take((int)_cap.SlackBytes, _cap.SlackBytes);
        Assert.False(_cap.Fits(100, 1, toTheLast: false));
        Assert.True(_cap.Fits(100, 0, toTheLast: false));
        Assert.True(_cap.Fits(100, -1, toTheLast: false));
        Assert.True(_cap.Fits(100, 1, toTheLast: true));

        _cap.Take(length: 0, -1);
        Assert.True(_cap.Fits(100, 1, toTheLast: false));
    }

    [Fact]
    public void It_is_full_until_there_is_more_room_than_a_few_rows_need()
    {
        _cap.Measure(Mark);
        _cap.Take(length: 0, 1 - _cap.SlackBytes);
        Assert.True(_cap.IsFull);
        _cap.Take(length: 0, -1);
        Assert.False(_cap.IsFull);
        _cap.Take(100, _cap.SlackBytes - 1);
        Assert.False(_cap.IsFull);
        _cap.Take(100, 1);
        Assert.True(_cap.IsFull);
    }

    [Fact]
    public void Pages_that_grow_although_bytes_do_not_lower_what_is_allowed_and_raise_it_when_they_come_back()
    {
        _cap.Measure(Mark);
        _cap.Measure(Mark + 10);
        Assert.False(_cap.Fits(100, 1, toTheLast: false));
        _cap.Measure(Mark);
        Assert.True(_cap.Fits(100, 1, toTheLast: false));
    }

    [Fact]
    public void The_last_pages_are_for_nobody_who_needs_some()
    {
        _cap.Measure(1600 - 12);
        Assert.False(_cap.Fits(100, 1, toTheLast: true));
        Assert.True(_cap.Fits(5000, 0, toTheLast: false));
        Assert.True(_cap.Fits(100, -1, toTheLast: false));
        // A long row has pages of its own, which are taken before those of the former one are given back.
        Assert.False(_cap.Fits(5000, -1, toTheLast: true));
    }

    [Fact]
    public void A_transaction_that_was_not_changes_nothing()
    {
        _cap.Measure(Mark);
        _cap.Begin();
        _cap.Take(length: 0, -100 * Page);
        Assert.False(_cap.IsFull);
        _cap.RollBack();
        Assert.True(_cap.IsFull);
    }

    [Fact]
    public void Gaps_in_a_file_that_was_opened_may_be_filled()
    {
        _cap.Opened(Mark, _cap.UsualBytes - (100 * Page));
        Assert.True(_cap.IsNear);
        Assert.False(_cap.IsFull);
        Assert.True(_cap.Fits(50 * Page, 50 * Page, toTheLast: false));
    }
}

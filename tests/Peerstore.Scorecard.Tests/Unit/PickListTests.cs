using Peerstore.Scorecard.Data;

namespace Peerstore.Scorecard.Tests;

public sealed class PickListTests
{
    [Fact]
    public void Every_peer_comes_once_before_any_comes_again()
    {
        var picks = new PickList(1_000, seed: 1);
        var first = new int[1_000];
        picks.Take(first);
        Assert.Equal(Enumerable.Range(0, 1_000), first.Order());
        Assert.NotEqual(Enumerable.Range(0, 1_000), first);
    }

    [Fact]
    public void A_batch_over_the_end_has_no_peer_twice()
    {
        var picks = new PickList(10, seed: 1);
        picks.Take(new int[7]);
        var batch = new int[10];
        picks.Take(batch);
        Assert.Equal(Enumerable.Range(0, 10), batch.Order());
    }
}

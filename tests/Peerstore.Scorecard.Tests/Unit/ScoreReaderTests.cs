using Peerstore.Scorecard.Plots;

namespace Peerstore.Scorecard.Tests;

public sealed class ScoreReaderTests
{
    private readonly ScoreReader _reader = new();

    [Fact]
    public void Costs_are_put_in_the_order_of_the_peers_and_repetitions_become_a_median()
    {
        Read("Addrs-hit", 1_000, 30);
        Read("Addrs-hit", 10, 1);
        Read("Addrs-hit", 1_000, 10);
        Read("Addrs-hit", 1_000, 20);
        Read("PubKey", 1_000, 99);
        var series = Assert.Single(_reader.CostsByPeers("Addrs-hit", "SetAddrs"));
        Assert.Equal("Addrs-hit", series.Name);
        Assert.Equal([new(10, 1), new(1_000, 20)], series.Points);
    }

    [Fact]
    public void Throughput_is_read_by_threads()
    {
        _reader.Read("""{"bench":"mixed","threads":2,"opsPerSecond":5000000}""");
        _reader.Read("""{"bench":"machine","cpu":"x"}""");
        Assert.Equal([new(2, 5_000_000)], _reader.ThroughputByThreads.Points);
    }

    [Theory]
    [InlineData("Hello")]
    [InlineData("[]")]
    [InlineData("""{"op":"PubKey"}""")]
    [InlineData("""{"bench":"op","op":"PubKey","nsPerOp":"many","peers":1}""")]
    public void What_the_scorecard_did_not_print_is_refused(string line) =>
        Assert.Contains(line, Assert.Throws<ScorecardException>(() => _reader.Read(line)).Message, StringComparison.Ordinal);

    private void Read(string op, int peers, double ns) =>
        _reader.Read($$"""{"bench":"op","op":"{{op}}","nsPerOp":{{ns}},"peers":{{peers}}}""");
}

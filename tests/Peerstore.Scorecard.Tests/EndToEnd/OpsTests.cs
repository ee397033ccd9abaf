namespace Peerstore.Scorecard.Tests;

public sealed class OpsTests
{
    private static readonly string[] Names =
    [
        "loop-overhead", "Addrs-hit", "Addrs-miss", "PeerInfo", "AddAddrs-refresh", "AddAddrs-new-peer", "SetAddrs",
        "UpdateAddrs-connected-to-temp", "UpdateAddrs-temp-to-connected", "ClearAddrs", "SupportsProtocols-3",
        "FirstSupportedProtocol-3", "GetProtocols", "SetProtocols-12", "PubKey", "RecordLatency", "LatencyEWMA",
        "Metadata-Put", "Metadata-Get", "RemovePeer", "GetPeerRecord", "Multiaddr-parse-5", "Multiaddr-format-5",
        "Multiaddr-decode-5", "Multiaddr-encode-5", "PeerId-parse", "PeerId-format", "PeerId-decode", "PeerId-encode",
    ];

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public async Task Every_operation_is_printed_once_and_all_its_answers_are_right(string store)
    {
        var lines = await InProcess.MeasureAsync("op", "ops", "--peers", "500", "--seconds", "0.005", "--store", store);
        Assert.Equal(Names.Order(StringComparer.Ordinal), lines.Select(static line => line.GetProperty("op").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(lines, static line =>
        {
            Assert.Equal(500, line.GetProperty("peers").GetInt32());
            Assert.True(line.GetProperty("nsPerOp").GetDouble() > 0);
            Assert.True(line.GetProperty("floorNs").GetDouble() > 0);
            Assert.True(line.GetProperty("ratio").GetDouble() > 0);
            Assert.True(line.GetProperty("bytesPerOp").GetDouble() >= 0);
        });
    }

    [Fact]
    public async Task One_operation_can_be_chosen()
    {
        var lines = await InProcess.MeasureAsync("op", "ops", "--peers", "300", "--seconds", "0.005", "--op", "PubKey");
        Assert.Equal("PubKey", Assert.Single(lines).GetProperty("op").GetString());
    }

    [Fact]
    public async Task The_loop_allocates_nothing_but_what_a_debug_build_makes_of_its_async_method()
    {
        var lines = await InProcess.MeasureAsync("op", "ops", "--peers", "300", "--seconds", "0.005", "--op", "loop-overhead");
        var line = Assert.Single(lines);
        Assert.InRange(line.GetProperty("bytesPerOp").GetDouble(), 0, 1);
        Assert.InRange(line.GetProperty("allocsPerOp").GetDouble(), 0, 1);
    }

    [Theory]
    [InlineData("ops", "--op", "nothing")]
    [InlineData("ops", "--peers", "0")]
    [InlineData("ops", "--store", "paper")]
    [InlineData("mixed", "--peers", "10")]
    [InlineData("nothing")]
    public async Task What_cannot_be_measured_is_refused_in_a_sentence(params string[] args)
    {
        var (exitCode, output, error) = await InProcess.RunAsync(args);
        Assert.Equal(ScorecardApp.CannotDo, exitCode);
        Assert.Equal("", output);
        Assert.NotEqual("", error);
    }
}

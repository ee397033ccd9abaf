using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>Go's way of writing durations.</summary>
public sealed class GoDurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("1ns", 1)]
    [InlineData("100µs", 100_000)]
    [InlineData("100μs", 100_000)]
    [InlineData("100us", 100_000)]
    [InlineData("1.5ms", 1_500_000)]
    [InlineData(".5s", 500_000_000)]
    [InlineData("1.s", 1_000_000_000)]
    [InlineData("+2s", 2_000_000_000)]
    [InlineData("-2s", -2_000_000_000)]
    [InlineData("1h0m0.5s", 3_600_500_000_000)]
    [InlineData("59m59.999999999s", 3_599_999_999_999)]
    [InlineData("0.0000000019999999999999999999s", 1)]
    [InlineData("876000h0m0s", 3_153_600_000_000_000_000)]
    [InlineData("2562047h47m16.854775807s", long.MaxValue)]
    [InlineData("-2562047h47m16.854775808s", long.MinValue)]
    public void A_duration_is_read_to_the_nanosecond(string text, long nanoseconds)
    {
        Assert.True(GoDuration.TryParse(text, out var duration));
        Assert.Equal(nanoseconds, duration.Nanoseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1")]
    [InlineData("s")]
    [InlineData(".s")]
    [InlineData("1 s")]
    [InlineData("1d")]
    [InlineData("1.2.3s")]
    [InlineData("999999999999999h")]
    [InlineData("1e3s")]
    [InlineData("١s")]
    [InlineData("--1s")]
    [InlineData("1s-1s")]
    [InlineData("99999999999999999999s")]
    [InlineData("2562047h47m16.854775808s")]
    [InlineData("-2562047h47m16.854775809s")]
    public void What_go_would_not_read_is_refused(string text) => Assert.False(GoDuration.TryParse(text, out _));

    [Fact]
    public void Finer_parts_than_100_ns_are_cut_towards_zero()
    {
        Assert.Equal(TimeSpan.FromTicks(1), new GoDuration(199).Truncated);
        Assert.Equal(TimeSpan.FromTicks(-1), new GoDuration(-199).Truncated);
        Assert.False(new GoDuration(199).IsExact);
        Assert.True(new GoDuration(-200).IsExact);
    }

    [Theory]
    [InlineData("permanent")]
    [InlineData("2562047h47m16.854775807s")]
    public void The_longest_duration_is_the_permanent_lifetime(string text)
    {
        Assert.True(GoLifetime.TryParse(text, out var lifetime));
        Assert.Equal(new GoLifetime(AddressTtl.Permanent, IsExact: true), lifetime);
        Assert.False(lifetime.HasEnd);
    }

    [Theory]
    [InlineData("connected", false, true)]
    [InlineData("1ns", true, false)]
    [InlineData("100ns", true, true)]
    [InlineData("0s", false, true)]
    [InlineData("-1ns", false, true)]
    public void A_lifetime_knows_whether_it_ends_and_whether_it_can_be_said(string text, bool hasEnd, bool isExact)
    {
        Assert.True(GoLifetime.TryParse(text, out var lifetime));
        Assert.Equal((hasEnd, isExact), (lifetime.HasEnd, lifetime.IsExact));
    }

    [Fact]
    public void The_shortest_past_is_still_in_the_past()
    {
        Assert.True(GoLifetime.TryParse("-1ns", out var lifetime));
        Assert.True(lifetime.Span < TimeSpan.Zero);
    }
}

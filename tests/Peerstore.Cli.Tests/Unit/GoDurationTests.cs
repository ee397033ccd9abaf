using Libp2p.Peerstore;
using Peerstore.Cli.Commands;
using Peerstore.Cli.Ingest;

namespace Peerstore.Cli.Tests;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData("1h", 36_000_000_000)]
    [InlineData("90m", 54_000_000_000)]
    [InlineData("2h30m", 90_000_000_000)]
    [InlineData("45s", 450_000_000)]
    [InlineData("500ms", 5_000_000)]
    [InlineData("1.234567s", 12_345_670)]
    [InlineData("1m2.5s", 625_000_000)]
    [InlineData("12µs", 120)]
    [InlineData("12us", 120)]
    [InlineData("350ns", 3)]
    [InlineData("0s", 0)]
    [InlineData("0", 0)]
    [InlineData("-1s", -10_000_000)]
    [InlineData(".5s", 5_000_000)]
    public void A_duration_of_Go_is_read(string text, long ticks)
    {
        Assert.True(GoDuration.TryParse(text, out TimeSpan duration));
        Assert.Equal(ticks, duration.Ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1")]
    [InlineData("h")]
    [InlineData("1d")]
    [InlineData("1 h")]
    [InlineData("1.2.3s")]
    [InlineData(".s")]
    [InlineData("1h30")]
    [InlineData("999999999999999h")]
    [InlineData("99999999999999999999s")]
    [InlineData("1e3s")]
    [InlineData("١s")]
    public void What_is_not_a_duration_is_refused(string text) => Assert.False(GoDuration.TryParse(text, out _));

    [Fact]
    public void Permanent_is_a_lifetime() => Assert.Equal(AddressTtl.Permanent, Lifetime.Parse("permanent"));

    [Theory]
    [InlineData("0s")]
    [InlineData("-5m")]
    [InlineData("for ever")]
    [InlineData("Permanent")]
    public void A_lifetime_is_longer_than_nothing(string text)
    {
        var e = Assert.Throws<CliException>(() => Lifetime.Parse(text));
        Assert.StartsWith($"'{text}' is not a lifetime", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1h", "1h")]
    [InlineData("90m", "1h30m")]
    [InlineData("45s", "45s")]
    [InlineData("500ms", "500ms")]
    [InlineData("25h0m7s", "25h7s")]
    [InlineData("permanent", "permanent")]
    public void A_lifetime_is_shown_shortly(string text, string shown) =>
        Assert.Equal(shown, Lifetime.Format(Lifetime.Parse(text)));
}

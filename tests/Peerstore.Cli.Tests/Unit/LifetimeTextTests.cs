using Libp2p.Peerstore;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Tests;

public sealed class LifetimeTextTests
{
    [Fact]
    public void Permanent_is_a_lifetime() => Assert.Equal(AddressTtl.Permanent, LifetimeText.Parse("permanent"));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0s")]
    [InlineData("-5m")]
    [InlineData("1ns")]
    [InlineData("for ever")]
    [InlineData("Permanent")]
    public void A_lifetime_is_longer_than_nothing(string text)
    {
        var e = Assert.Throws<CliException>(() => LifetimeText.Parse(text));
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
        Assert.Equal(shown, LifetimeText.Format(LifetimeText.Parse(text)));
}

using Peerstore.Cli.Output;

namespace Peerstore.Cli.Tests;

public sealed class SizeTextTests
{
    [Theory]
    [InlineData("1048576", 1L << 20)]
    [InlineData("1048577", (1L << 20) + 1)]
    [InlineData("1024K", 1L << 20)]
    [InlineData("1M", 1L << 20)]
    [InlineData("0003M", 3L << 20)]
    [InlineData("8G", 8L << 30)]
    [InlineData("8589934591G", 8589934591L << 30)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void A_size_is_a_number_of_bytes_or_of_units(string text, long bytes) =>
        Assert.Equal(bytes, SizeText.ParseMaxFileBytes(text));

    [Theory]
    [InlineData("")]
    [InlineData("M")]
    [InlineData("-1M")]
    [InlineData("+1M")]
    [InlineData("1.5G")]
    [InlineData("1 M")]
    [InlineData(" 1M")]
    [InlineData("1m")]
    [InlineData("1MB")]
    [InlineData("1MM")]
    [InlineData("1T")]
    [InlineData("0x100000")]
    [InlineData("8589934592G")]
    [InlineData("9223372036854775808")]
    public void Anything_else_is_none(string text)
    {
        var e = Assert.Throws<CliException>(() => SizeText.ParseMaxFileBytes(text));
        Assert.Equal($"'{text}' is not a size: write a number of bytes, or one with K, M or G, as 512M.", e.Message);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1048575")]
    [InlineData("1023K")]
    [InlineData("0G")]
    public void A_file_needs_a_mebibyte(string text)
    {
        var e = Assert.Throws<CliException>(() => SizeText.ParseMaxFileBytes(text));
        Assert.Equal($"'{text}' is too small: the file of a peerstore needs at least 1M.", e.Message);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1023, "1023")]
    [InlineData(1024, "1K")]
    [InlineData(1 << 20, "1M")]
    [InlineData((1 << 20) + 1024, "1025K")]
    [InlineData(8L << 30, "8G")]
    [InlineData(8L << 40, "8192G")]
    public void A_size_is_shown_in_the_largest_unit_that_is_exact(long bytes, string shown) =>
        Assert.Equal(shown, SizeText.Format(bytes));
}

namespace Libp2p.Tests;

public sealed class VarintTests
{
    [Theory]
    [InlineData(0u, "00")]
    [InlineData(127u, "7f")]
    [InlineData(128u, "8001")]
    [InlineData(16383u, "ff7f")]
    [InlineData(16384u, "808001")]
    [InlineData(2097151u, "ffff7f")]
    [InlineData(2097152u, "80808001")]
    [InlineData(268435456u, "8080808001")]
    [InlineData(uint.MaxValue, "ffffffff0f")]
    public void Values_are_written_with_as_few_bytes_as_they_need(uint value, string hex)
    {
        var bytes = new byte[5];
        var length = Varint.Write(bytes, value);
        Assert.Equal(hex, Convert.ToHexStringLower(bytes.AsSpan(0, length)));
        Assert.Equal(length, Varint.LengthOf(value));
        Assert.Null(Varint.Read(bytes, out var read, out var readLength));
        Assert.Equal((value, length), (read, readLength));
    }

    [Theory]
    [InlineData("", "a varint ends within the bytes")]
    [InlineData("80", "a varint ends within the bytes")]
    [InlineData("8000", "a varint has no more bytes than it needs")]
    [InlineData("ff00", "a varint has no more bytes than it needs")]
    [InlineData("ffffffffffffffffff", "a varint is below 2^63")]
    [InlineData("80808080808080808001", "a varint is below 2^63")]
    public void Broken_varints_are_refused(string hex, string rule) =>
        Assert.Equal(rule, Varint.Read(Convert.FromHexString(hex), out _, out _));

    [Fact]
    public void The_largest_value_is_2_to_the_63_minus_1()
    {
        Assert.Null(Varint.Read(Convert.FromHexString("ffffffffffffffff7f"), out var value, out var length));
        Assert.Equal(((ulong)long.MaxValue, 9), (value, length));
    }

    [Fact]
    public void Reading_stops_behind_the_value()
    {
        Assert.Null(Varint.Read([0x91, 0x02, 0xFF], out var value, out var length));
        Assert.Equal((273UL, 2), (value, length));
    }
}

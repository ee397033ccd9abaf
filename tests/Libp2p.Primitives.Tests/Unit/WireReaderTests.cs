namespace Libp2p.Tests;

/// <summary>What Go's protowire takes and refuses.</summary>
public sealed class WireReaderTests
{
    [Theory]
    [InlineData("0801", "1:Varint=1")]
    [InlineData("088180808000", "1:Varint=1")]
    [InlineData("08ffffffffffffffffff01", "1:Varint=18446744073709551615")]
    [InlineData("88808080808080808000 01", "1:Varint=1")]
    [InlineData("0a02abcd 1203000000", "1:Bytes=abcd 2:Bytes=000000")]
    [InlineData("0a82808080808080808000abcd", "1:Bytes=abcd")]
    [InlineData("0d01020304 110102030405060708", "1:Fixed32 2:Fixed64")]
    [InlineData("f8ffffff0f07", "536870911:Varint=7")]
    [InlineData("0b0c 1007", "1:StartGroup 2:Varint=7")]
    [InlineData("0b 1001 1a0100 25aabbccdd 21 0011223344556677 33 34 0c", "1:StartGroup")]
    [InlineData("0b f8ffffff3f07 0c", "1:StartGroup")]
    [InlineData("", "")]
    public void What_Go_takes_is_read(string hex, string expected)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        Assert.Equal((expected, default(DecodeError)), Read(bytes));
    }

    [Theory]
    [InlineData("00", 0, "number")]
    [InlineData("0f", 0, "wire type")]
    [InlineData("0801 0e", 2, "wire type")]
    [InlineData("8080808010 00", 0, "number")]
    [InlineData("0801 0c", 2, "group")]
    [InlineData("08", 1, "complete")]
    [InlineData("0880", 1, "complete")]
    [InlineData("80", 0, "complete")]
    [InlineData("08ffffffffffffffffff02", 1, "2^64")]
    [InlineData("0880808080808080808080 00", 1, "2^64")]
    [InlineData("0a0200", 1, "complete")]
    [InlineData("0a8080808010", 1, "complete")]
    [InlineData("0affffffffffffffffff01", 1, "complete")]
    [InlineData("0d010203", 1, "complete")]
    [InlineData("0901020304050607", 1, "complete")]
    [InlineData("0b", 1, "complete")]
    [InlineData("0b1000", 3, "complete")]
    [InlineData("0b1000 14", 3, "group")]
    [InlineData("0b130c", 2, "group")]
    [InlineData("0b0e", 1, "wire type")]
    [InlineData("0b f8ffffff7f07 0c", 1, "number")]
    [InlineData("0b 120500", 2, "complete")]
    public void What_Go_refuses_is_refused_with_its_place(string hex, int position, string rule)
    {
        var (_, error) = Read(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        Assert.Contains(rule, error.Rule, StringComparison.Ordinal);
        Assert.Equal(position, error.Position);
    }

    [Fact]
    public void Groups_are_at_most_100_deep()
    {
        byte[] deep = [.. Enumerable.Repeat((byte)0x0b, 100), .. Enumerable.Repeat((byte)0x0c, 100)];

        Assert.Equal(("1:StartGroup", default(DecodeError)), Read(deep));
        var (_, error) = Read([0x0b, .. deep, 0x0c]);
        Assert.Contains("deep", error.Rule, StringComparison.Ordinal);
        Assert.Equal(100, error.Position);
    }

    [Fact]
    public void Positions_count_from_the_outermost_bytes()
    {
        byte[] bytes = [0, 0, 0x0a, 0x01, 0xff, 0x07, 0];
        var reader = new WireReader(bytes, new WireRange(2, 4));

        Assert.True(reader.MoveNext());
        Assert.Equal((2, new WireRange(4, 1)), (reader.FieldStart, reader.Bytes));
        Assert.False(reader.MoveNext());
        Assert.Equal(5, reader.Error.Position);
    }

    private static (string Fields, DecodeError Error) Read(byte[] bytes)
    {
        List<string> fields = [];
        var reader = new WireReader(bytes, new WireRange(0, bytes.Length));
        while (reader.MoveNext())
        {
            var value = reader.Type switch
            {
                WireType.Varint => $"={reader.Varint}",
                WireType.Bytes => $"={Convert.ToHexStringLower(reader.Bytes.In(bytes))}",
                _ => "",
            };
            fields.Add($"{reader.Number}:{reader.Type}{value}");
        }

        return (string.Join(' ', fields), reader.Error);
    }
}

using System.Text;

namespace Libp2p.Tests;

public sealed class IpTextTests
{
    [Theory]
    [InlineData("::", "00000000000000000000000000000000")]
    [InlineData("::1", "00000000000000000000000000000001")]
    [InlineData("1::", "00010000000000000000000000000000")]
    [InlineData("::2:3:4:5:6:7:8", "00000002000300040005000600070008")]
    [InlineData("1:2:3:4:5:6:7::", "00010002000300040005000600070000")]
    [InlineData("1:2:3::5:6:7:8", "00010002000300000005000600070008")]
    [InlineData("1:2:3:4:5:6:1.2.3.4", "00010002000300040005000601020304")]
    [InlineData("::1.2.3.4", "00000000000000000000000001020304")]
    [InlineData("1::1.2.3.4", "00010000000000000000000001020304")]
    [InlineData("::5:6:1.2.3.4", "00000000000000000005000601020304")]
    [InlineData("1:2:3:4:5::1.2.3.4", "00010002000300040005000001020304")]
    [InlineData("ABCD:ef::", "abcd00ef000000000000000000000000")]
    [InlineData("1.2.3.4", "00000000000000000000ffff01020304")]
    [InlineData("::FFFF:255.0.10.200", "00000000000000000000ffffff000ac8")]
    public void Go_reads(string text, string hex)
    {
        var ip = new byte[16];
        ip.AsSpan().Fill(0xEE);
        Assert.True(IpParser.TryParse(Encoding.UTF8.GetBytes(text), ip));
        Assert.Equal(hex, Convert.ToHexStringLower(ip));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.")]
    [InlineData(".1.2.3.4")]
    [InlineData("1..3.4")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.1000")]
    [InlineData("1.2.3.00")]
    [InlineData("1.2.3.4%1")]
    [InlineData("1.2.3:4")]
    [InlineData("1:2:3:4:5:6:7:8:")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("1:2:3:4::5:6:7:8")]
    [InlineData("::1:2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("1:2:3:4:5:1.2.3.4")]
    [InlineData("1:2:3:4:5:6:1.2.3.4:")]
    [InlineData("1:2:3:4:5:6::1.2.3.4")]
    [InlineData("::1.2.3.4:5")]
    [InlineData("::01.2.3.4")]
    [InlineData("::a.2.3.4")]
    [InlineData("::00001")]
    [InlineData("::1::")]
    [InlineData(":1::")]
    [InlineData("1:")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    [InlineData(" ::1")]
    [InlineData("::١")]
    public void Go_refuses(string text) => Assert.False(IpParser.TryParse(Encoding.UTF8.GetBytes(text), new byte[16]));

    [Theory]
    [InlineData("00000000000000000000000000000000", "::")]
    [InlineData("00010000000000000000000000000000", "1::")]
    [InlineData("00000000000000000000000000000001", "::1")]
    [InlineData("00010000000200000000000300000000", "1:0:2::3:0:0")]
    [InlineData("00010000000000020000000000000003", "1:0:0:2::3")]
    [InlineData("00010002000300040005000600070000", "1:2:3:4:5:6:7:0")]
    [InlineData("00010002000300040005000600000000", "1:2:3:4:5:6::")]
    [InlineData("0abc00f000010010010010000000ffff", "abc:f0:1:10:100:1000:0:ffff")]
    [InlineData("00000000000000000000fffe01020304", "::fffe:102:304")]
    [InlineData("00000000000000000000ffff01020304", "::ffff:1.2.3.4")]
    [InlineData("ffffffffffffffffffffffffffffffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void The_text_is_that_of_RFC_5952(string hex, string text)
    {
        var utf8 = new byte[IpFormatter.MaxLength];
        Assert.Equal(text, Encoding.UTF8.GetString(utf8, 0, IpFormatter.Format6(Convert.FromHexString(hex), utf8)));
    }
}

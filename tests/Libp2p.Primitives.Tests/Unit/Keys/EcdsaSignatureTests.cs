namespace Libp2p.Tests;

public sealed class EcdsaSignatureTests
{
    private const int FieldBytes = 32;

    [Theory]
    [InlineData("3006020101020101", "the shortest")]
    [InlineData("300702020080020101", "a zero in front where it is needed")]
    public void Strict_DER_is_read(string der, string about)
    {
        Assert.True(EcdsaSignature.IsStrict(Convert.FromHexString(der), FieldBytes), about);
    }

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("30", "a tag alone")]
    [InlineData("3000", "no integers")]
    [InlineData("3003020101", "one integer")]
    [InlineData("3009020101020101020101", "three integers")]
    [InlineData("300602010102010100", "a byte behind")]
    [InlineData("3106020101020101", "a set")]
    [InlineData("3006030101020101", "no integer")]
    [InlineData("308106020101020101", "a long length that could be short")]
    [InlineData("30820006020101020101", "a length of two bytes")]
    [InlineData("3080020101020101", "an indefinite length")]
    [InlineData("3007020101020101", "a length beyond the end")]
    [InlineData("30060201ff020101", "a negative number")]
    [InlineData("3006020100020101", "zero")]
    [InlineData("3006020101020100", "zero for s")]
    [InlineData("30070202000102010101", "a zero in front for nothing")]
    [InlineData("30050200020101", "an empty integer")]
    [InlineData("30060201010202", "an integer cut")]
    public void Anything_but_two_positive_integers_in_strict_DER_is_refused(string der, string about)
    {
        Assert.False(EcdsaSignature.IsStrict(Convert.FromHexString(der), FieldBytes), about);
    }

    [Fact]
    public void An_integer_longer_than_the_field_is_refused()
    {
        byte[] number = [.. Enumerable.Repeat((byte)0x7f, FieldBytes)];

        Assert.True(EcdsaSignature.IsStrict(EcdsaSignature.Write(number, number), FieldBytes));
        Assert.False(EcdsaSignature.IsStrict(EcdsaSignature.Write([1, .. number], number), FieldBytes));
    }

    [Fact]
    public void What_is_written_is_read_back_in_every_size()
    {
        for (var length = 1; length <= 66; length++)
        {
            foreach (var first in new byte[] { 0x01, 0x7f, 0x80, 0xff })
            {
                byte[] number = [first, .. Enumerable.Repeat((byte)0xa5, length - 1)];

                Assert.True(EcdsaSignature.TryRead(EcdsaSignature.Write([0, 0, .. number], number), 66, out var r, out var s));
                Assert.Equal(number, r.ToArray());
                Assert.Equal(number, s.ToArray());
            }
        }
    }

    [Fact]
    public void The_DER_of_zero_has_a_byte()
    {
        Assert.Equal(Convert.FromHexString("3006020100020101"), EcdsaSignature.Write([0, 0], [1]));
    }
}

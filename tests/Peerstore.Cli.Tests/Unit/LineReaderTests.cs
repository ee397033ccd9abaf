using System.Text;
using Peerstore.Cli.Ingest;

namespace Peerstore.Cli.Tests;

public sealed class LineReaderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("one", new[] { "one" })]
    [InlineData("one\n", new[] { "one" })]
    [InlineData("one\r\ntwo\r\n", new[] { "one", "two" })]
    [InlineData("\n\nthree", new[] { "", "", "three" })]
    [InlineData("\uFEFFone\n\uFEFFtwo", new[] { "one", "\uFEFFtwo" })]
    [InlineData("a\rb\n", new[] { "a\rb" })]
    public async Task Lines_are_what_stands_between_line_ends(string text, string[] expected) =>
        Assert.Equal(expected, await ReadAllAsync(Encoding.UTF8.GetBytes(text), 100), StringComparer.Ordinal);

    [Theory]
    [InlineData(9, "xxxxxxxxx")]
    [InlineData(10, "xxxxxxxxxx")]
    [InlineData(11, "(too long)")]
    [InlineData(12, "(too long)")]
    [InlineData(13, "(too long)")]
    [InlineData(1000, "(too long)")]
    public async Task A_line_over_the_limit_is_skipped_and_the_next_one_is_read(int length, string expected)
    {
        string line = new('x', length);
        foreach (var lineEnd in (string[])["\n", "\r\n"])
        {
            var bytes = Encoding.UTF8.GetBytes($"{line}{lineEnd}next{lineEnd}{line}");

            Assert.Equal([expected, "next", expected], await ReadAllAsync(bytes, 10), StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task Lines_do_not_depend_on_how_the_stream_is_cut()
    {
        var bytes = Encoding.UTF8.GetBytes("first\r\n\r\nthird line\n" + new string('x', 30) + "\nlast");
        var whole = await ReadAllAsync(bytes, 20);

        for (var step = 1; step < bytes.Length; step++)
        {
            Assert.Equal(whole, await ReadAllAsync(new Trickle(bytes, step), 20), StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task Numbers_and_bytes_are_counted()
    {
        var reader = new LineReader(new MemoryStream("one\ntwo\n"u8.ToArray()));

        Assert.True(await reader.ReadAsync(Cancellation));
        Assert.Equal(1, reader.Number);
        Assert.True(await reader.ReadAsync(Cancellation));
        Assert.Equal(2, reader.Number);
        Assert.False(await reader.ReadAsync(Cancellation));
        Assert.Equal(8, reader.BytesRead);
    }

    private static Task<List<string>> ReadAllAsync(byte[] bytes, int max) => ReadAllAsync(new MemoryStream(bytes), max);

    private static async Task<List<string>> ReadAllAsync(Stream stream, int max)
    {
        var reader = new LineReader(stream, max);
        var lines = new List<string>();
        while (await reader.ReadAsync(Cancellation))
        {
            Assert.True(!reader.IsTooLong || reader.Line.IsEmpty);
            lines.Add(reader.IsTooLong ? "(too long)" : Encoding.UTF8.GetString(reader.Line.Span));
        }

        return lines;
    }

    private sealed class Trickle(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
    }
}

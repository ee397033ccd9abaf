using Peerstore.Cli.Ingest;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Tests;

public sealed class ProgressTests
{
    [Fact]
    public void Without_a_terminal_there_is_a_line_every_ten_seconds()
    {
        var output = new StringWriter { NewLine = "\n" };
        var time = new ManualTime();
        var progress = new PlainProgress(output, time);

        for (var second = 1; second <= 25; second++)
        {
            time.Now += TimeSpan.FromSeconds(1);
            progress.Report(new IngestProgress(second * 1000, second * 100_000));
        }

        Assert.Equal("10,000 lines, 1.0 MB read\n20,000 lines, 2.0 MB read\n", output.ToString());
    }

    [Theory]
    [InlineData(100L, false)]
    [InlineData(100_000_000L, true)]
    [InlineData(null, true)]
    public async Task Only_long_input_has_progress(long? length, bool expected)
    {
        var host = new CliHost { OpenInput = () => Stream.Null, Out = TextWriter.Null, Error = TextWriter.Null };
        var shown = false;

        await ProgressDisplay.RunAsync(host, length, progress =>
        {
            shown = progress is not null;
            return Task.CompletedTask;
        });

        Assert.Equal(expected, shown);
    }

    [Fact]
    public async Task A_run_reports_lines_and_bytes()
    {
        var reports = new List<IngestProgress>();
        await using var store = Libp2p.Peerstore.MemoryPeerstore.Create();
        var run = new IngestRun(new ReadyStore(store), new(), TimeSpan.FromHours(1), new BadLines());
        var input = new MemoryStream([.. Enumerable.Repeat((byte)'\n', 1000)]);

        await run.ReadAsync(input, new Collects(reports), TestContext.Current.CancellationToken);

        Assert.Equal([256, 512, 768], reports.Select(report => report.Lines));
        Assert.All(reports, report => Assert.Equal(1000, report.Bytes));
    }

    private sealed class ManualTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    private sealed class Collects(List<IngestProgress> reports) : IProgress<IngestProgress>
    {
        public void Report(IngestProgress value) => reports.Add(value);
    }
}

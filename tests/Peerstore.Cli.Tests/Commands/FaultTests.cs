namespace Peerstore.Cli.Tests;

/// <summary>What a user sees of a fault in the program itself.</summary>
public sealed class FaultTests : TemporaryDirectory
{
    [Fact]
    public async Task A_fault_is_one_sentence_and_names_the_variable_that_shows_where()
    {
        var (exitCode, error) = await RunAsync(showsFaults: false);

        Assert.Equal(ExitCode.CannotDo, exitCode);
        Assert.Equal("A fault in peerstore: it was\\u{a}broken (PEERSTORE_DEBUG=1 shows where.)\n", error);
    }

    [Fact]
    public async Task Whoever_looks_for_a_fault_sees_where_it_is()
    {
        var (exitCode, error) = await RunAsync(showsFaults: true);

        Assert.Equal(ExitCode.CannotDo, exitCode);
        Assert.Contains(nameof(NotSupportedException), error, StringComparison.Ordinal);
        Assert.Contains("   at Peerstore.Cli.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_written_is_one_sentence()
    {
        await using var full = new StreamWriter(new FullDisk());
        var error = new StringWriter { NewLine = "\n" };
        var host = new CliHost { OpenInput = () => Stream.Null, Out = full, Error = error };

        var exitCode = await CliApp.RunAsync(["--help"], host, TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.CannotDo, exitCode);
        Assert.Equal("The disk is full.\n", error.ToString());
    }

    private async Task<(int ExitCode, string Error)> RunAsync(bool showsFaults)
    {
        var error = new StringWriter { NewLine = "\n" };
        var host = new CliHost
        {
            OpenInput = () => throw new NotSupportedException("it was\nbroken"),
            Out = TextWriter.Null,
            Error = error,
            ShowsFaults = showsFaults,
        };
        var exitCode = await CliApp.RunAsync(["ingest", "-", "--db", Db], host, TestContext.Current.CancellationToken);
        return (exitCode, error.ToString());
    }

    private sealed class FullDisk : MemoryStream
    {
        private bool _hasComplained;

        public override void Write(ReadOnlySpan<byte> buffer) => Complain();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Complain();
            return ValueTask.CompletedTask;
        }

        private void Complain()
        {
            if (!_hasComplained)
            {
                _hasComplained = true;
                throw new IOException("The disk is full.");
            }
        }
    }
}

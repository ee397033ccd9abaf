using System.Diagnostics;
using Libp2p.Peerstore.Sqlite;
using Peerstore.CrashHarness;

namespace Libp2p.Peerstore.Tests;

/// <summary>That the harness would notice.</summary>
public sealed class InspectionTests : IDisposable
{
    private const long First = 1000;
    private const int Operations = 2000;

    private readonly TemporaryFolder _folder = new();
    private readonly Workload _workload = new(seed: 1);
    private readonly long _now = Stopwatch.GetTimestamp();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_is_well_when_all_is_there()
    {
        await WriteAsync(Numbers);
        var inspection = await LookAsync(Numbers, grace: null);
        Assert.Empty(inspection.Wrongs);
        Assert.Equal(0, inspection.Lost);
    }

    [Fact]
    public async Task An_acknowledged_operation_that_is_not_there_is_found()
    {
        await WriteAsync(Numbers.SkipLast(1));
        var inspection = await LookAsync(Numbers, grace: null);
        Assert.Contains("lost 2999", Assert.Single(inspection.Wrongs), StringComparison.Ordinal);
        Assert.Equal(1, inspection.Lost);
    }

    [Fact]
    public async Task What_is_missing_is_forgiven_within_the_grace_and_no_longer()
    {
        await WriteAsync(Numbers.SkipLast(1));
        Assert.Empty((await LookAsync(Numbers, grace: TimeSpan.FromMilliseconds(500), age: TimeSpan.FromMilliseconds(499))).Wrongs);
        var late = await LookAsync(Numbers, grace: TimeSpan.FromMilliseconds(500), age: TimeSpan.FromMilliseconds(502));
        Assert.Single(late.Wrongs);
        Assert.Equal(502, late.OldestLost.TotalMilliseconds, tolerance: 1);
    }

    [Fact]
    public async Task One_operation_of_a_writer_may_be_there_unacknowledged_and_no_second()
    {
        await WriteAsync(Numbers);
        Assert.Empty((await LookAsync(Numbers.SkipLast(Workload.Writers), grace: null)).Wrongs);
        var inspection = await LookAsync(Numbers.SkipLast(Workload.Writers + 1), grace: null);
        Assert.Contains("nobody wrote", Assert.Single(inspection.Wrongs), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_in_the_wrong_place_is_found()
    {
        await WriteAsync(Numbers);
        await using (var store = await OpenAsync())
        {
            var last = _workload.At(Numbers.Last());
            var elsewhere = Numbers.Select(_workload.At).First(operation => operation.Slot != last.Slot);
            await _workload.ApplyAsync(store, elsewhere with { Number = last.Number });
        }

        Assert.Contains((await LookAsync(Numbers, grace: null)).Wrongs, static wrong => wrong.Contains("nobody wrote", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_edit_that_is_there_in_part_is_found()
    {
        await WriteAsync(Numbers);
        await using (var store = await OpenAsync())
        {
            foreach (var peer in await store.GetPeersAsync(Token).ToSetAsync())
            {
                await store.Addresses.ClearAsync(peer, Token);
            }
        }

        Assert.Contains((await LookAsync(Numbers, grace: null)).Wrongs, static wrong => wrong.Contains("parts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_process_that_ended_by_itself_is_found()
    {
        var inspection = new Inspection(_workload, new Dictionary<Slot, long>());
        await inspection.LookAsync(_folder.Peers(), new Killing([], _now, "exit code 1"), grace: null, First);
        Assert.Contains("exit code 1", Assert.Single(inspection.Wrongs), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12 34.", true)]
    [InlineData("12 34", false)]
    [InlineData("12 3x.", false)]
    [InlineData("12.", false)]
    [InlineData("", false)]
    public void A_line_that_was_cut_off_acknowledges_nothing(string line, bool isWhole) =>
        Assert.Equal(isWhole, Acknowledgement.TryParse(line, out _));

    private static IEnumerable<long> Numbers => Enumerable.Range((int)First, Operations).Select(static number => (long)number);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ValueTask<SqlitePeerstore> OpenAsync() => SqlitePeerstore.OpenAsync(_folder.Peers(), cancellationToken: Token);

    private async Task WriteAsync(IEnumerable<long> numbers)
    {
        await using var store = await OpenAsync();
        foreach (var number in numbers)
        {
            await _workload.ApplyAsync(store, _workload.At(number));
        }
    }

    private async Task<Inspection> LookAsync(IEnumerable<long> acknowledged, TimeSpan? grace, TimeSpan age = default)
    {
        var time = _now - (long)(age.TotalSeconds * Stopwatch.Frequency);
        var killing = new Killing([.. acknowledged.Select(number => new Acknowledgement(number, time))], _now, Failure: null);
        var inspection = new Inspection(_workload, new Dictionary<Slot, long>());
        await inspection.LookAsync(_folder.Peers(), killing, grace, First);
        return inspection;
    }
}

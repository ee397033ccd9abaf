using Libp2p.Peerstore.Sqlite;
using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

public sealed class MetaTests : IDisposable
{
    /// <summary>A file as version 1 of the schema made it, without its peers.</summary>
    private const string FirstSchema = """
        CREATE TABLE peer (id BLOB NOT NULL PRIMARY KEY, entry BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE damaged (id BLOB NOT NULL, entry BLOB NOT NULL, reason TEXT NOT NULL, found TEXT NOT NULL);
        PRAGMA application_id = 0x4C703270; PRAGMA user_version = 1; PRAGMA journal_mode = WAL;
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly PeerId _peer = Sample.NewPeer();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_of_the_first_schema_is_brought_up_to_date_with_all_that_is_in_it()
    {
        await using (var store = await OpenAsync())
        {
            await store.Addresses.AddAsync(_peer, [Sample.Tcp], AddressTtl.Connected, Token);
        }

        _folder.Execute("CREATE TABLE copy AS SELECT * FROM peer; DROP TABLE peer; DROP TABLE damaged; DROP TABLE meta; " + FirstSchema
            + "INSERT INTO peer SELECT * FROM copy; INSERT INTO damaged SELECT id, entry, 'a', 'b' FROM copy; DROP TABLE copy");
        _clock.Advance(Sample.Hour);
        await using (var store = await OpenAsync())
        {
            // The file does not say until when the process lived: until now, then.
            Assert.Equal([Sample.Tcp], await store.Addresses.GetAsync(_peer, Token));
        }

        Assert.Equal(2, _folder.Count("PRAGMA user_version"));
        Assert.Equal(1, _folder.Count("SELECT count(*) FROM damaged"));
        Assert.Equal(1, _folder.Count("SELECT count(*) FROM meta WHERE name = 'alive'"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_brought_up_to_date_is_no_damaged_one()
    {
        _folder.Execute(FirstSchema + "CREATE TABLE meta (other)");
        var before = await File.ReadAllBytesAsync(_folder.Peers(), Token);
        var error = await Assert.ThrowsAsync<PeerstoreException>(async () => await OpenAsync());
        Assert.Equal(PeerstoreError.CannotOpen, error.Error);
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.Peers(), Token));
        Assert.False(File.Exists(_folder.Peers() + ".damaged-1"));
    }

    [Fact]
    public async Task What_was_connected_counts_as_recently_connected_from_when_the_process_was_last_alive()
    {
        await using (var store = await OpenAsync())
        {
            await store.Addresses.AddAsync(_peer, [Sample.Tcp], AddressTtl.Connected, Token);
            _clock.Advance(Sample.Minute);
        }

        _clock.Advance(AddressTtl.RecentlyConnected - TimeSpan.FromTicks(1));
        await using (var store = await OpenAsync())
        {
            Assert.Equal(AddressTtl.RecentlyConnected, Assert.Single(await store.Addresses.GetDetailsAsync(_peer, Token)).Ttl);
            _clock.Advance(TimeSpan.FromTicks(1));
            Assert.Empty(await store.Addresses.GetAsync(_peer, Token));
        }
    }

    [Fact]
    public async Task A_note_of_when_the_process_was_alive_that_was_damaged_counts_as_none()
    {
        await using (var store = await OpenAsync())
        {
            await store.Addresses.AddAsync(_peer, [Sample.Tcp], AddressTtl.Connected, Token);
        }

        Assert.Equal(1, _folder.Execute("UPDATE meta SET value = '0001' || substr(value, 5) WHERE name = 'alive'"));
        await using var again = await OpenAsync();
        Assert.Equal([Sample.Tcp], await again.Addresses.GetAsync(_peer, Token));
    }

    [Fact]
    public async Task A_process_that_was_killed_was_alive_when_it_last_wrote_or_a_minute_before_its_end()
    {
        await using var store = await OpenAsync();
        await store.Addresses.AddAsync(_peer, [Sample.Tcp], AddressTtl.Connected, Token);
        await store.FlushAsync(Token);
        Assert.Equal(_clock.GetUtcNow(), ReadAlive());

        // A minute without a change: the writer sets out on a thread of its own, and then waits for the clock.
        var before = _clock.GetUtcNow();
        while (ReadAlive() == before)
        {
            Token.ThrowIfCancellationRequested();
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.True(ReadAlive() >= before + Sample.Minute);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_does_not_make_connections_longer()
    {
        await using (var store = await OpenAsync())
        {
            await store.Addresses.AddAsync(_peer, [Sample.Tcp], AddressTtl.Connected, Token);
        }

        _clock.SetUtcNow(_clock.GetUtcNow() - Sample.Hour);
        await using var again = await OpenAsync();
        _clock.Advance(AddressTtl.RecentlyConnected);
        Assert.Empty(await again.Addresses.GetAsync(_peer, Token));
    }

    [Fact]
    public async Task Opening_tells_how_far_it_is()
    {
        await using (var store = await OpenAsync())
        {
            for (var i = 0; i < 10_000; i++)
            {
                await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);
            }
        }

        var reports = new Reports();
        await using var again = await SqlitePeerstore.OpenAsync(_folder.Peers(), new() { Progress = reports }, _clock, Token);
        Assert.Equal([new(8192, 10_000), new(10_000, 10_000)], reports.All);
    }

    private DateTimeOffset ReadAlive()
    {
        using var connection = _folder.Connect();
        return MetaTable.ReadAlive(connection) ?? default;
    }

    private async Task<SqlitePeerstore> OpenAsync() => await SqlitePeerstore.OpenAsync(_folder.Peers(), timeProvider: _clock, cancellationToken: Token);

    private sealed class Reports : IProgress<OpeningProgress>
    {
        public List<OpeningProgress> All { get; } = [];

        public void Report(OpeningProgress value) => All.Add(value);
    }
}

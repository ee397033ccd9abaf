using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>
/// What a file does that is full: as <see cref="PeerstoreOptions.WhenFull"/> says, the least valuable peers make room, or new
/// ones are refused. Used by the one who holds the connection.
/// </summary>
/// <remarks>
/// From when the file is full until it has room again, the engine holds the number of peers: a new one has to take another one's
/// place, as at <see cref="PeerstoreOptions.MaxPeers"/>, and a flood costs neither memory nor transactions of its own. What
/// then still finds no room, because peers grew or the file was filled within one round, takes it here: peers go, a few
/// more than needed, so that this is not asked for with each transaction.
/// </remarks>
internal sealed class FullFile(PeerBatch batch, FileRoom room, PeerstoreEngine engine)
{
    private const string Limit = nameof(SqlitePeerstoreOptions.MaxFileBytes);
    private const int ShareThatGoes = 64;

    private const int MostAttempts = 32;

    private bool _isHeld;
    private int _attempts;

    /// <summary>The peers that one transaction may write.</summary>
    public int PeersPerTransaction => room.PeersPerTransaction;

    private bool Evicts => engine.Options.WhenFull == FullPolicy.EvictLeastValuable;

    /// <summary>Why peers are not written.</summary>
    /// <param name="unfit">How many.</param>
    public string Reason(int unfit) => FormattableString.Invariant(
        $"it is as large as {Limit} lets it be ({room.MaxBytes} bytes), and nobody in it {(Evicts ? "may" : "has to")} make room for {unfit} peers.");

    /// <summary>Writes as many as one transaction takes, and makes room for those that find none.</summary>
    /// <param name="peers">The peers.</param>
    /// <param name="alive">The time, where it is to be noted.</param>
    /// <returns>How many of the sorted ones it was.</returns>
    public int Write(Span<PeerId> peers, DateTimeOffset? alive)
    {
        try
        {
            var written = batch.Write(peers, alive);
            MakeRoom();
            return written;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_FULL && room.IsNear)
        {
            // Not even what was reckoned to need no page had one. Whoever leaves any is not to wait for the others.
            batch.Unfit.AddRange(peers);
            WriteOneByOne();
            MakeRoom();
            return peers.Length;
        }
    }

    /// <summary>
    /// Makes room for those that found none, as far as others may be evicted, and writes them. Also to be called when the file is
    /// opened: it may be full by then.
    /// </summary>
    public void MakeRoom()
    {
        var hasEvicted = Evicts && batch.Unfit.Count > 0 && Evict();
        if (batch.Unfit.Count > 0)
        {
            WriteToTheLast();
        }

        if (!room.IsFull && batch.Unfit.Count == 0)
        {
            Release();
        }
        else if (!_isHeld || hasEvicted)
        {
            _isHeld = true;
            engine.HoldPeers(Limit);
        }
    }

    /// <summary>Evicts until all have room, or nobody is left who may go.</summary>
    private bool Evict()
    {
        var hasEvicted = false;
        while (batch.Unfit.Count > 0)
        {
            var number = Math.Min((engine.PeerCount / ShareThatGoes) + 1, room.PeersPerTransaction);
            var victims = engine.GiveUpPeers(number, Limit);
            if (victims.Count == 0)
            {
                break;
            }

            // In one transaction: the file never lacks those that had to go without having those they went for.
            hasEvicted = true;
            WriteUnfit(with: victims);
        }

        return hasEvicted;
    }

    /// <summary>What is kept free for changes of known peers is for whoever cannot be refused any more.</summary>
    private void WriteToTheLast()
    {
        room.GivesTheLast = true;
        try
        {
            WriteUnfit(with: []);
        }
        finally
        {
            room.GivesTheLast = false;
        }

        WriteOneByOne();
    }

    /// <summary>
    /// What is reckoned to be needed, a page of each kind that a row may split, seldom is: a row that fits into the gap that
    /// another one left needs none. Not all are tried each time, since a file may stay full for long; each has its turn.
    /// </summary>
    private void WriteOneByOne()
    {
        PeerId[] peers = [.. batch.Unfit];
        batch.Unfit.Clear();
        var (first, failures) = (peers.Length == 0 ? 0 : _attempts % peers.Length, 0);
        for (var i = 0; i < peers.Length; i++)
        {
            var peer = peers[(first + i) % peers.Length];
            if (failures == MostAttempts || !batch.TryWriteAlone(peer))
            {
                batch.Unfit.Add(peer);
                failures += failures < MostAttempts ? 1 : 0;
            }
        }

        _attempts = (_attempts + failures) & int.MaxValue;
    }

    private void WriteUnfit(List<PeerId> with)
    {
        PeerId[] peers = [.. with, .. batch.Unfit];
        batch.Unfit.Clear();
        for (var rest = peers.AsSpan(); rest.Length > 0;)
        {
            rest = rest[batch.Write(rest, alive: null)..];
        }
    }

    private void Release()
    {
        if (_isHeld)
        {
            _isHeld = false;
            engine.ReleasePeers();
        }
    }
}

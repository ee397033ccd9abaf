namespace Libp2p.Peerstore.Sqlite;

/// <summary>The journal behind the engine: notes which peers changed, and writes them behind the callers' backs.</summary>
/// <remarks>
/// A change costs its caller an entry in a set. One task (<see cref="WriteLoop"/>) takes the sets in rounds and writes each peer
/// in them as it is by then (<see cref="RoundWriter"/>), so that a peer changed a hundred times is written once. What cannot
/// be written stays noted and is tried again; whoever waits for it is told.
/// </remarks>
internal sealed class PeerWriter : IPeerJournal, IAsyncDisposable
{
    private readonly DirtyPeers _dirty = new();
    private readonly Backlog _backlog;
    private readonly RoundWriter _writer;
    private readonly WriteLoop _loop;
    private readonly string _path;
    private readonly bool _acknowledges;
    private volatile bool _takesPrivateKeys;

    public PeerWriter(PeerBatch batch, FullFile full, string path, SqlitePeerstoreOptions options, TimeProvider time)
    {
        _path = path;
        _acknowledges = options.Durability == Durability.OnAcknowledge;
        _takesPrivateKeys = options.PrivateKeys is not null;
        _backlog = new(_dirty, options.MaxDirtyPeers);
        _writer = new(batch, full, path, time, _dirty, _backlog);
        _loop = new(_writer, _dirty, options, time);
    }

    /// <summary>Why the last attempt to write failed, or null.</summary>
    public PeerstoreException? Failure => _writer.Failure;

    /// <summary>How many peers wait to be written.</summary>
    public int DirtyCount => _dirty.Count;

    public void OnChanged(in PeerId peer, bool isOnlyRenewed)
    {
        switch (_dirty.Note(peer, isOnlyRenewed && !_acknowledges))
        {
            case 1:
                _loop.Wake();
                break;
            case RoundWriter.PeersPerTransaction:
                // What fills a transaction need not wait for more.
                _loop.EndWindow();
                break;
        }
    }

    public void ThrowIfRefusing(bool mayAdd)
    {
        if (Failure is { } failure && _backlog.IsFull && (mayAdd || !_writer.IsFileFull))
        {
            PeerstoreMeter.CountRefused(nameof(SqlitePeerstoreOptions.MaxDirtyPeers));
            throw new PeerstoreException(
                PeerstoreError.CannotWrite,
                $"{failure.Message} As many peers wait to be written as may; nothing was changed.",
                failure);
        }
    }

    public void ThrowIfTakingNoPrivateKeys()
    {
        if (!_takesPrivateKeys)
        {
            throw new PeerstoreException(
                PeerstoreError.KeyProtection,
                $"The peerstore {_path} takes no private keys: {nameof(SqlitePeerstoreOptions)}.{nameof(SqlitePeerstoreOptions.PrivateKeys)} has to say how they are protected ({nameof(PrivateKeyProtection.FromPassphrase)}, {nameof(PrivateKeyProtection.FromProtector)}, or {nameof(PrivateKeyProtection.StoreInClear)}).");
        }
    }

    /// <summary>Protects private keys in another way; when it returns, the file does.</summary>
    public void ChangeProtection(PrivateKeyProtection protection)
    {
        var next = protection.Begin();
        try
        {
            _writer.ChangeSealer(next);
            _takesPrivateKeys = true;
        }
        catch
        {
            next.Dispose();
            throw;
        }
    }

    public ValueTask AcknowledgeAsync(in PeerId peer, CancellationToken cancellationToken)
    {
        if (_acknowledges && _dirty.RoundOf(peer) is > 0 and var round)
        {
            return new(WaitUntilWrittenAsync(peer, round, cancellationToken));
        }

        return _backlog.IsOver ? new(_backlog.WaitForRoomAsync(_loop.Hurry, cancellationToken)) : ValueTask.CompletedTask;
    }

    /// <summary>Completes when all that was noted before is in the file.</summary>
    /// <exception cref="PeerstoreException">It could not be written.</exception>
    /// <exception cref="ObjectDisposedException">The store is being closed.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var written = _writer.Rounds.WaitForAll();
        _loop.Hurry();
        await written.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops the task and writes what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        await _loop.DisposeAsync().ConfigureAwait(false);
        var failure = _writer.WriteRound(isLast: true);
        _writer.Close();
        if (failure is not null)
        {
            throw failure;
        }
    }

    private async Task WaitUntilWrittenAsync(PeerId peer, long round, CancellationToken cancellationToken)
    {
        while (round > 0)
        {
            if (_writer.Rounds.TryWaitFor(round, out var written))
            {
                if (Failure is not null)
                {
                    _loop.EndWindow();
                }

                await written.WaitAsync(cancellationToken).ConfigureAwait(false);
                return;
            }

            round = _dirty.RoundOf(peer);
        }
    }
}

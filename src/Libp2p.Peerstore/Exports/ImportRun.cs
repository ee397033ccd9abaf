using System.Runtime.InteropServices;

namespace Libp2p.Peerstore;

/// <summary>Reads one export into a store. Used once.</summary>
internal sealed class ImportRun(Stream stream, PeerstoreImportOptions options)
{
    private const int ProgressStep = 4096;

    /// <summary>
    /// How many entries may wait to be written where a store acknowledges what is: they share its transactions.
    /// </summary>
    private const int MaxPending = 1024;

    private readonly EntryReader _entries = new();
    private readonly ImportTally _tally = new();
    private readonly List<Task> _pending = [];

    public async ValueTask<PeerstoreImportReport> ReadAsync(
        Func<CancellationToken, ValueTask<IPeerstore>> open, CancellationToken cancellationToken)
    {
        using var reader = new ExportReader(stream, options.MaxEntryBytes);
        if (await reader.ReadHeaderAsync(cancellationToken).ConfigureAwait(false) is not { } made)
        {
            throw ToError(reader);
        }

        _tally.Made = new(made, TimeSpan.Zero);
        var engine = IEngineOwner.Of(await open(cancellationToken).ConfigureAwait(false), nameof(open));
        if (options.PrivateKeys)
        {
            engine.Journal?.ThrowIfTakingNoPrivateKeys();
        }

        var screen = new ImportScreen(engine.Options, options, _tally);
        var part = await reader.ReadNextAsync(cancellationToken).ConfigureAwait(false);
        while (part is ExportPart.Entry or ExportPart.TooLong)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await TakeAsync(engine, screen, reader, part == ExportPart.TooLong, cancellationToken).ConfigureAwait(false);
            part = await reader.ReadNextAsync(cancellationToken).ConfigureAwait(false);
        }

        await WaitForPendingAsync(0).ConfigureAwait(false);
        return part == ExportPart.End ? _tally.ToReport(reader.Entries) : throw ToError(reader);
    }

    private async ValueTask TakeAsync(
        PeerstoreEngine engine, ImportScreen screen, ExportReader reader, bool isTooLong, CancellationToken cancellationToken)
    {
        _tally.Begin(reader.Entries, reader.EntryPosition);
        if (isTooLong)
        {
            _tally.CountDamaged($"the entry has more than {options.MaxEntryBytes} bytes");
        }
        else if (TryMerge(engine, screen, reader.Entry, out var peer, cancellationToken))
        {
            var acknowledged = engine.AcknowledgeAsync(peer, cancellationToken);
            if (!acknowledged.IsCompletedSuccessfully)
            {
                _pending.Add(acknowledged.AsTask());
                await WaitForPendingAsync(MaxPending - 1).ConfigureAwait(false);
            }
        }

        if (reader.Entries % ProgressStep == 0)
        {
            options.Progress?.Report(new(reader.Entries, reader.Position));
        }
    }

    /// <summary>Offers an entry to the store; false where it cannot be read.</summary>
    private bool TryMerge(
        PeerstoreEngine engine, ImportScreen screen, ReadOnlySpan<byte> bytes, out PeerId peer, CancellationToken cancellationToken)
    {
        var cursor = new EntryCursor(bytes);
        if (!PeerId.TryDecode(cursor.TakeBytes(), out peer))
        {
            _tally.CountDamaged("the peer ID cannot be read");
            return false;
        }

        _tally.Name(peer);
        if (!_entries.TryRead(peer, cursor.TakeRest(), out var stored, out var damage))
        {
            _tally.CountDamaged(damage);
            return false;
        }

        var now = engine.Now;
        var offered = screen.Pass(peer, stored, Math.Min(_tally.Made.UtcTicks, now), now);
        var outcome = engine.Change(peer, (offered, engine.Options), ImportRules.Merge, default, cancellationToken);
        _tally.Count(outcome);
        return true;
    }

    private async ValueTask WaitForPendingAsync(int most)
    {
        if (_pending.Count > most)
        {
            await Task.WhenAll(CollectionsMarshal.AsSpan(_pending)).ConfigureAwait(false);
            _pending.Clear();
        }
    }

    private PeerstoreImportException ToError(ExportReader reader) =>
        new(reader.Failure.Error, reader.Failure.Message, _tally.ToReport(reader.Entries));
}

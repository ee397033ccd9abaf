using System.Runtime.CompilerServices;

namespace Libp2p.Peerstore;

/// <summary>The streams of addresses out of the engine.</summary>
internal sealed partial class AddressBook
{
    public async IAsyncEnumerable<AddressEvent> WatchAsync(
        PeerId peer, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var watcher = new AddressWatcher(engine.Options.WatchBuffer);
        var known = engine.Watch(peer, watcher, state: true, static (entry, _, now) => AddressRanking.Live(entry, now));
        try
        {
            foreach (var entry in known)
            {
                yield return new(AddressEventKind.Known, entry.Address);
            }

            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                // Asked before each wait: what overflowed while the last one was read is not announced again.
                while (engine.TryResync(peer, watcher) is { } fresh)
                {
                    PeerstoreMeter.CountResync();
                    yield return new(AddressEventKind.Resync, default);
                    foreach (var entry in fresh)
                    {
                        yield return new(AddressEventKind.Known, entry.Address);
                    }
                }

                if (watcher.Reader.TryRead(out var address))
                {
                    yield return new(AddressEventKind.Added, address);
                }
            }
            while (watcher.HasMore || await watcher.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            engine.Unwatch(peer, watcher);
        }
    }
}

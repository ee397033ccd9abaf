using System.Runtime.CompilerServices;

namespace Libp2p.Peerstore;

/// <summary>The streams of addresses out of the engine.</summary>
internal sealed partial class AddressBook
{
    public async IAsyncEnumerable<AddressEvent> WatchAsync(
        PeerId peer, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var watcher = new AddressWatcher(engine.Options.WatchBuffer);
        var known = engine.Watch(peer, watcher);
        try
        {
            foreach (var address in known)
            {
                yield return new(AddressEventKind.Known, address);
            }

            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                // Asked before each wait: what overflowed while the last one was read is not announced again.
                while (engine.TryResync(peer, watcher) is { } fresh)
                {
                    PeerstoreMeter.CountResync();
                    yield return new(AddressEventKind.Resync, default);
                    foreach (var address in fresh)
                    {
                        yield return new(AddressEventKind.Known, address);
                    }
                }

                if (watcher.Reader.TryRead(out var added))
                {
                    yield return new(AddressEventKind.Added, added);
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

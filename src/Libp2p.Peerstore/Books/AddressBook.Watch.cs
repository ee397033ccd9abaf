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

            while (await watcher.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (engine.TryResync(peer, watcher) is { } fresh)
                {
                    PeerstoreMeter.CountResync();
                    yield return new(AddressEventKind.Resync, default);
                    foreach (var entry in fresh)
                    {
                        yield return new(AddressEventKind.Known, entry.Address);
                    }
                }
                else if (watcher.Reader.TryRead(out var address))
                {
                    yield return new(AddressEventKind.Added, address);
                }
            }
        }
        finally
        {
            engine.Unwatch(peer, watcher);
        }
    }
}

namespace Libp2p.Peerstore;

/// <summary>Who follows the addresses of a peer.</summary>
internal sealed partial class Shard
{
    public TResult Watch<TState, TResult>(
        in PeerId peer, AddressWatcher watcher, TState state, long now, Reading<TState, TResult> snapshot)
    {
        lock (_gate)
        {
            ThrowIfClosedLocked();
            _watchers ??= [];
            if (!_watchers.TryGetValue(peer, out var watchers))
            {
                _watchers[peer] = watchers = [];
            }

            watchers.Add(watcher);
            var result = snapshot(ViewLocked(peer, PeerIndex.HashOf(peer)), state, now);
            GC.KeepAlive(_log);
            return result;
        }
    }

    public void Unwatch(in PeerId peer, AddressWatcher watcher)
    {
        lock (_gate)
        {
            if (_watchers is not null && _watchers.TryGetValue(peer, out var watchers)
                && watchers.Remove(watcher) && watchers.Count == 0)
            {
                _watchers.Remove(peer);
            }
        }
    }

    private void CompleteWatchersLocked(long now)
    {
        foreach (var (peer, watchers) in _watchers ?? [])
        {
            foreach (var watcher in watchers)
            {
                watcher.CompleteLocked(() => LiveAddresses.Copy(ViewLocked(peer, PeerIndex.HashOf(peer)), now));
            }
        }
    }

    /// <summary>Tells what is there after the change and was not before; what came and went within it was never there.</summary>
    private void TellWatchersLocked(in PeerId peer, long now)
    {
        if (_watchers is null || !_watchers.TryGetValue(peer, out var watchers))
        {
            return;
        }

        SectionDirectory.TryFind(_entry.Image, EntrySection.Addresses, out var before);
        foreach (ref readonly var address in _entry.Addresses.Entries)
        {
            if (IsLiveIn(before, address.Address.Bytes, now))
            {
                continue;
            }

            var added = address.Address.Detach();
            foreach (var watcher in watchers)
            {
                watcher.OfferLocked(added);
            }
        }
    }

    private static bool IsLiveIn(ReadOnlySpan<byte> section, ReadOnlySpan<byte> address, long now)
    {
        var reader = new AddressReader(section);
        while (reader.MoveNextLive(now))
        {
            if (reader.Bytes.SequenceEqual(address))
            {
                return true;
            }
        }

        return false;
    }
}

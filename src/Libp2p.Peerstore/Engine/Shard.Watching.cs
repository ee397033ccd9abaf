namespace Libp2p.Peerstore;

/// <summary>Who follows the addresses of a peer.</summary>
internal sealed partial class Shard
{
    /// <summary>Adds a reader, and gives it what is known.</summary>
    public Multiaddr[] Watch(in PeerId peer, AddressWatcher watcher, long now, Places places)
    {
        lock (_gate)
        {
            ThrowIfClosedLocked();
            DropExpiredLocked(peer, now, places);
            var known = LiveAddresses.Copy(ViewLocked(peer, PeerIndex.HashOf(peer)), now);
            // Last: where memory is refused before, nobody would take the reader away again.
            _watchers ??= [];
            if (!_watchers.TryGetValue(peer, out var watchers))
            {
                _watchers[peer] = watchers = new(capacity: 1);
            }

            watchers.Add(watcher);
            GC.KeepAlive(_log);
            return known;
        }
    }

    /// <summary>A fresh snapshot for a reader that lost something; null for one that did not. Also of a closed store.</summary>
    public Multiaddr[]? TryResync(in PeerId peer, AddressWatcher watcher, long now, Places places)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                DropExpiredLocked(peer, now, places);
            }

            var fresh = watcher.TryResyncLocked(ViewLocked(peer, PeerIndex.HashOf(peer)), now);
            GC.KeepAlive(_log);
            return fresh;
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

    /// <summary>
    /// What a reader is not shown because it has expired must be gone: a change that asked for the time before, and waited
    /// for the gate, would renew it without telling.
    /// </summary>
    private void DropExpiredLocked(in PeerId peer, long now, Places places)
    {
        var hash = PeerIndex.HashOf(peer);
        if (ViewLocked(peer, hash).AddressSpan.First <= now)
        {
            SweepPeerLocked(peer, hash, now, places);
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

        GC.KeepAlive(_log);
    }

    /// <summary>What is there after the change and was not before; what came and went within it was never there.</summary>
    /// <returns>Null where nobody asks for it.</returns>
    private List<Multiaddr>? NewsLocked(in PeerId peer, long now)
    {
        if (_watchers is null || !_watchers.ContainsKey(peer))
        {
            return null;
        }

        List<Multiaddr> news = [];
        SectionDirectory.TryFind(_entry.Image, EntrySection.Addresses, out var before);
        foreach (ref readonly var address in _entry.Addresses.Entries)
        {
            if (!IsLiveIn(before, address.Address.Bytes, now))
            {
                news.Add(address.Address.Detach());
            }
        }

        return news;
    }

    /// <summary>Tells what has been stored, and not before that: a change that finds no memory has brought nothing.</summary>
    private void TellWatchersLocked(in PeerId peer, List<Multiaddr>? news)
    {
        if (news is null)
        {
            return;
        }

        foreach (var address in news)
        {
            foreach (var watcher in _watchers![peer])
            {
                watcher.OfferLocked(address);
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

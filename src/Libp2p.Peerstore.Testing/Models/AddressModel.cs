using System.Diagnostics.CodeAnalysis;

namespace Libp2p.Peerstore.Testing;

/// <summary>
/// A plain model of an address book with signed records, in two readings: the contract's, and go-libp2p's with its
/// known differences.
/// </summary>
/// <remarks>
/// It decides nothing about a store by itself. Where both readings agree, the document's answer is wanted; it is only
/// used to tell which of a document's answers follow from a known difference. Not safe to share between threads.
/// </remarks>
internal sealed partial class AddressModel(PeerstoreOptions options, TimeProvider clock, bool likeGo)
{
    private readonly Dictionary<PeerId, ModelPeer> _peers = [];

    /// <summary>The difference that last led go's reading another way than the contract's, if any did.</summary>
    public ConformanceRule? Difference { get; private set; }

    /// <summary>The peers with at least one live address.</summary>
    public IEnumerable<PeerId> Peers
    {
        get
        {
            Sweep();
            return _peers.Keys;
        }
    }

    public IEnumerable<Multiaddr> Get(PeerId peer)
    {
        Sweep();
        return _peers.TryGetValue(peer, out var entry) ? entry.Addresses.Keys : [];
    }

    public void Add(PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl)
    {
        if (!Takes(peer) || ttl <= TimeSpan.Zero)
        {
            return;
        }

        Sweep();
        AddSwept(peer, addresses, ttl);
        DropIfEmpty(peer);
    }

    public void Set(PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl)
    {
        if (!Takes(peer))
        {
            return;
        }

        Sweep();
        var entry = EntryOf(peer);
        foreach (var address in Own(peer, addresses))
        {
            if (ttl <= TimeSpan.Zero || (IsFullFor(ttl) && !StaysMortal(entry, address)))
            {
                // At the limit an endless address that is given an end has no room among those with one.
                _ = entry.Addresses.Remove(address);
                continue;
            }

            if (!entry.Addresses.ContainsKey(address))
            {
                MakeRoom(entry, ttl);
            }

            entry.Addresses[address] = new ModelAddress(ttl, End(ttl));
        }

        DropIfEmpty(peer);
    }

    public void Update(PeerId peer, TimeSpan oldTtl, TimeSpan newTtl)
    {
        Sweep();
        if (!_peers.TryGetValue(peer, out var entry))
        {
            return;
        }

        foreach (var (address, former) in entry.Addresses.ToList())
        {
            if (former.Ttl != oldTtl)
            {
                continue;
            }

            if (newTtl <= TimeSpan.Zero || (former.IsEndless && IsFullFor(newTtl)))
            {
                _ = entry.Addresses.Remove(address);
            }
            else
            {
                entry.Addresses[address] = new ModelAddress(newTtl, End(newTtl));
            }
        }

        DropIfEmpty(peer);
    }

    public void Clear(PeerId peer) => _peers.Remove(peer);

    private void AddSwept(PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl)
    {
        var entry = EntryOf(peer);
        var own = Own(peer, addresses);
        if (likeGo && IsFullFor(ttl))
        {
            if (own.Exists(entry.Addresses.ContainsKey))
            {
                Difference = DifferenceRules.FullStoreRefresh;
            }

            return;
        }

        foreach (var address in own)
        {
            if (entry.Addresses.TryGetValue(address, out var known))
            {
                entry.Addresses[address] = new ModelAddress(
                    TimeSpan.FromTicks(Math.Max(known.Ttl.Ticks, ttl.Ticks)), Math.Max(known.End, End(ttl)));
                continue;
            }

            if (IsFullFor(ttl))
            {
                if (!likeGo)
                {
                    continue;
                }

                Difference = DifferenceRules.FullStoreBatch;
            }

            MakeRoom(entry, ttl);
            entry.Addresses[address] = new ModelAddress(ttl, End(ttl));
        }
    }

    private void MakeRoom(ModelPeer entry, TimeSpan ttl)
    {
        if (options.MaxAddressesPerPeer <= 0 || AddressTtl.Connected <= ttl)
        {
            return;
        }

        var mortal = entry.Addresses.Where(static pair => !pair.Value.IsEndless).ToList();
        if (mortal.Count >= options.MaxAddressesPerPeer)
        {
            _ = entry.Addresses.Remove(mortal.MinBy(static pair => pair.Value.End).Key);
        }
    }

    private bool Takes(PeerId peer)
    {
        if (!peer.IsEmpty)
        {
            return true;
        }

        if (likeGo)
        {
            Difference = DifferenceRules.EmptyPeer;
        }

        return likeGo;
    }

    private bool IsFullFor(TimeSpan ttl) =>
        ttl < AddressTtl.Connected
        && _peers.Values.Sum(static entry => entry.Addresses.Values.Count(static known => !known.IsEndless))
            >= options.MaxAddresses;

    private static bool StaysMortal(ModelPeer entry, Multiaddr address) =>
        entry.Addresses.TryGetValue(address, out var known) && !known.IsEndless;

    private static List<Multiaddr> Own(PeerId peer, IReadOnlyList<Multiaddr> addresses)
    {
        var own = new List<Multiaddr>();
        foreach (var written in addresses)
        {
            if (TryOwn(peer, written, out var address) && !own.Contains(address.Value))
            {
                own.Add(address.Value);
            }
        }

        return own;
    }

    private static bool TryOwn(PeerId peer, Multiaddr written, [NotNullWhen(true)] out Multiaddr? address)
    {
        address = written;
        if (!written.IsEmpty && written.TrySplitPeer(out var transport, out var named))
        {
            address = named == peer ? transport : null;
        }

        if (address is { IsEmpty: true })
        {
            address = null;
        }

        return address is not null;
    }

    private long End(TimeSpan ttl) =>
        ttl >= AddressTtl.Connected || ttl.Ticks > long.MaxValue - clock.GetTimestamp()
            ? long.MaxValue
            : clock.GetTimestamp() + ttl.Ticks;

    private ModelPeer EntryOf(PeerId peer)
    {
        if (!_peers.TryGetValue(peer, out var entry))
        {
            _peers.Add(peer, entry = new ModelPeer());
        }

        return entry;
    }

    private void Sweep()
    {
        var now = clock.GetTimestamp();
        foreach (var (peer, entry) in _peers.ToList())
        {
            foreach (var (address, known) in entry.Addresses.ToList())
            {
                if (known.End <= now)
                {
                    _ = entry.Addresses.Remove(address);
                }
            }

            DropIfEmpty(peer);
        }
    }

    private void DropIfEmpty(PeerId peer)
    {
        if (_peers.TryGetValue(peer, out var entry) && entry.Addresses.Count == 0)
        {
            _ = _peers.Remove(peer);
        }
    }
}

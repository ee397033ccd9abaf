using System.Runtime.InteropServices;

namespace Libp2p.Peerstore;

/// <summary>The addresses of one peer. Guarded by the gate of the peer's shard.</summary>
/// <remarks>
/// <para>
/// The rules are go-libp2p's (<c>pstoremem/addr_book.go</c>), with two of its faults mended: an address that was once
/// connected is counted and swept like any other, and what has expired is gone at once. Therefore whoever is about to
/// change something calls <see cref="DropExpired"/> first, and what reads skips what is not live.
/// </para>
/// <para>
/// A shard has one of these and fills it with the peer that is being changed; its addresses are parts of memory that is
/// used again for the next one.
/// </para>
/// <para>
/// An address with an end occupies one place of the quota that all peers share, an endless one none. A list that is
/// searched from end to end is the fastest structure here: both kinds are limited per peer.
/// </para>
/// </remarks>
internal sealed class PeerAddresses(PeerstoreOptions options)
{
    private readonly List<AddressEntry> _entries = [];
    private readonly LifetimeTable _lifetimes = new();

    /// <summary>The places in hand; there are some whenever something is changed.</summary>
    public Places Places { get; set; } = null!;

    /// <summary>Whether an address came or went, or a source changed.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Whether a lifetime changed.</summary>
    public bool IsRenewed { get; private set; }

    public int Count => _entries.Count;

    public ReadOnlySpan<AddressEntry> Entries => CollectionsMarshal.AsSpan(_entries);

    private Span<AddressEntry> Writable => CollectionsMarshal.AsSpan(_entries);

    /// <summary>Between which instants the addresses end.</summary>
    public AddressSpan Span
    {
        get
        {
            var span = AddressSpan.None;
            foreach (ref readonly var entry in Entries)
            {
                span = span.And(entry.Ttl, entry.Expires);
            }

            return span;
        }
    }

    /// <summary>Reads the addresses of a section, which stands in an array that stays as it is while they are used.</summary>
    public void Load(byte[] array, int start, int length)
    {
        _entries.Clear();
        (IsChanged, IsRenewed) = (false, false);
        var reader = new AddressReader(array.AsSpan(start, length));
        while (reader.MoveNext())
        {
            _entries.Add(new AddressEntry
            {
                Address = Multiaddr.FromTrusted(array, start + reader.Range.Start, reader.Range.Length),
                Ttl = reader.Ttl,
                Expires = reader.Expires,
                Source = reader.Source,
            });
        }
    }

    /// <summary>Writes the section, best first, so that whoever reads need not sort.</summary>
    public void Write(EntryBuffer output)
    {
        AddressRanking.Sort(Writable);
        AddressSection.Write(Entries, _lifetimes, output);
    }

    /// <summary>What has been done so far counts as done before: what is asked for changes begins anew.</summary>
    public void ForgetChanges() => (IsChanged, IsRenewed) = (false, false);

    /// <summary>Removes what has expired without giving back its places.</summary>
    public void DropExpiredAgain(long now) => _entries.RemoveAll(entry => !entry.IsLive(now));

    /// <summary>Connected addresses count as recently connected: what a connection of a former process leaves.</summary>
    public void Disconnect(Lifetime lifetime)
    {
        foreach (ref var entry in Writable)
        {
            if (entry.Ttl == AddressTtl.Connected.Ticks)
            {
                (entry.Ttl, entry.Expires) = (lifetime.Ttl, lifetime.Expires);
                IsChanged = true;
            }
        }
    }

    public int DropExpired(long now) => RemoveWhere(static (in AddressEntry entry, long now) => !entry.IsLive(now), now);

    /// <summary>Adds or renews; never shortens. Returns what became of the address.</summary>
    public AddressChange Add(Multiaddr address, Lifetime lifetime, AddressSource source)
    {
        var index = IndexOf(address);
        return index < 0 ? Insert(address, lifetime, source) : Extend(index, lifetime, source);
    }

    /// <summary>Adds, or sets the lifetime whatever it was; a lifetime that is over removes.</summary>
    public AddressChange Set(Multiaddr address, Lifetime lifetime, AddressSource source)
    {
        var index = IndexOf(address);
        if (lifetime.IsOver)
        {
            return index < 0 ? AddressChange.None : RemoveAt(index);
        }

        return index < 0 ? Insert(address, lifetime, source) : Replace(index, lifetime, source);
    }

    /// <summary>Gives every address of exactly one lifetime another.</summary>
    public AddressTally Update(long oldTtl, Lifetime lifetime)
    {
        var tally = new AddressTally();
        for (var index = Count - 1; index >= 0; index--)
        {
            if (_entries[index].Ttl == oldTtl)
            {
                tally.Count(lifetime.IsOver ? RemoveAt(index) : Replace(index, lifetime, AddressSource.None));
            }
        }

        return tally;
    }

    /// <summary>Takes a source away from all addresses but some. Endless ones stay whatever the rule says.</summary>
    /// <returns>How many addresses went.</returns>
    public int Disown(AddressSource source, IReadOnlyList<Multiaddr> except, DisownedRule rule)
    {
        var removed = 0;
        for (var index = Count - 1; index >= 0; index--)
        {
            ref var entry = ref Writable[index];
            if ((entry.Source & source) == AddressSource.None || except.Contains(entry.Address))
            {
                continue;
            }

            entry.Source &= ~source;
            IsChanged = true;
            var orphaned = entry.Source == AddressSource.None;
            if (!entry.IsEndless && (rule == DisownedRule.DropAll || (rule == DisownedRule.DropOrphans && orphaned)))
            {
                RemoveAt(index);
                removed++;
            }
            else if (orphaned)
            {
                entry.Source = AddressSource.Added;
            }
        }

        return removed;
    }

    /// <summary>Gives a source to those of several addresses that are known.</summary>
    public void Own(AddressSource source, IReadOnlyList<Multiaddr> addresses)
    {
        foreach (ref var entry in Writable)
        {
            if (!entry.Source.HasFlag(source) && addresses.Contains(entry.Address))
            {
                entry.Source |= source;
                IsChanged = true;
            }
        }
    }

    /// <summary>Gives up the address that ends first.</summary>
    public void EvictFirst()
    {
        if (FindFirst() is { Index: >= 0 } first)
        {
            RemoveAt(first.Index);
        }
    }

    public void Clear()
    {
        IsChanged |= Count > 0;
        Places.GiveAddresses(CountMortal());
        _entries.Clear();
    }

    /// <summary>How many addresses with an end the peer may have beside those it has.</summary>
    public int RoomUnderLimit =>
        options.MaxAddressesPerPeer <= 0 ? int.MaxValue : options.MaxAddressesPerPeer - CountMortal();

    public int CountMortal()
    {
        var mortal = 0;
        foreach (ref readonly var entry in Entries)
        {
            mortal += entry.IsEndless ? 0 : 1;
        }

        return mortal;
    }

    /// <summary>Whether an address that is not known would take the place of one that ends later, or when it does.</summary>
    public bool IsFullOfLater(in AddressEntry address) =>
        !address.IsEndless && RoomUnderLimit <= 0 && IndexOf(address.Address) < 0 && Span.First >= address.Expires;

    private int IndexOf(Multiaddr address)
    {
        var entries = Entries;
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Address == address)
            {
                return i;
            }
        }

        return -1;
    }

    private AddressChange Insert(Multiaddr address, Lifetime lifetime, AddressSource source)
    {
        var evicted = false;
        if (lifetime.IsEndless)
        {
            if (!HasEndlessRoom())
            {
                return AddressChange.TooManyEndless;
            }
        }
        else
        {
            // A swap within the peer needs no place. go's store, once full, refuses it all the same.
            var mayRefuse = options.WhenFull == FullPolicy.RefuseNew;
            if (mayRefuse && !Places.TryTakeAddress(address, isKnown: false))
            {
                return AddressChange.NoRoom;
            }

            evicted = MakeRoom();
            if (!mayRefuse && !Places.TryTakeAddress(address, isKnown: false))
            {
                return AddressChange.NoRoom;
            }
        }

        IsChanged = true;
        _entries.Add(new AddressEntry
        {
            Address = address,
            Ttl = lifetime.Ttl,
            Expires = lifetime.Expires,
            Source = source,
        });
        return evicted ? AddressChange.AddedInPlaceOfAnother : AddressChange.Added;
    }

    /// <summary>At the peer's own limit its address that ends first makes room, whatever else protects the peer.</summary>
    private bool MakeRoom()
    {
        if (options.MaxAddressesPerPeer <= 0)
        {
            return false;
        }

        var (mortal, first) = FindFirst();
        if (mortal < options.MaxAddressesPerPeer)
        {
            return false;
        }

        RemoveAt(first);
        return true;
    }

    /// <summary>How many addresses have an end, and which ends first.</summary>
    private (int Mortal, int Index) FindFirst()
    {
        var (mortal, first) = (0, -1);
        var entries = Entries;
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].IsEndless)
            {
                continue;
            }

            mortal++;
            if (first < 0 || entries[i].Expires < entries[first].Expires)
            {
                first = i;
            }
        }

        return (mortal, first);
    }

    private AddressChange Extend(int index, Lifetime lifetime, AddressSource source)
    {
        ref var entry = ref Writable[index];
        if (lifetime.IsEndless && !entry.IsEndless && !HasEndlessRoom())
        {
            return AddressChange.TooManyEndless;
        }

        if (!entry.Source.HasFlag(source))
        {
            entry.Source |= source;
            IsChanged = true;
        }

        if (lifetime.Ttl <= entry.Ttl && lifetime.Expires <= entry.Expires)
        {
            return AddressChange.Unchanged;
        }

        IsRenewed = true;
        var wasEndless = entry.IsEndless;
        entry.Ttl = Math.Max(entry.Ttl, lifetime.Ttl);
        entry.Expires = Math.Max(entry.Expires, lifetime.Expires);
        if (entry.IsEndless && !wasEndless)
        {
            Places.GiveAddresses(1);
        }

        return AddressChange.Renewed;
    }

    private AddressChange Replace(int index, Lifetime lifetime, AddressSource source)
    {
        ref var entry = ref Writable[index];
        if (lifetime.IsEndless && !entry.IsEndless && !HasEndlessRoom())
        {
            return AddressChange.TooManyEndless;
        }

        // From endless to mortal the address takes a place; where there is none it goes (go: "over limit, drop").
        if (entry.IsEndless && !lifetime.IsEndless && !Places.TryTakeAddress(entry.Address, isKnown: true))
        {
            return RemoveAt(index);
        }

        IsRenewed = true;
        if (!entry.IsEndless && lifetime.IsEndless)
        {
            Places.GiveAddresses(1);
        }

        (entry.Ttl, entry.Expires) = (lifetime.Ttl, lifetime.Expires);
        IsChanged |= !entry.Source.HasFlag(source);
        entry.Source |= source;
        return AddressChange.Renewed;
    }

    private bool HasEndlessRoom() => Count - CountMortal() < options.MaxEndlessAddressesPerPeer;

    private AddressChange RemoveAt(int index)
    {
        if (!_entries[index].IsEndless)
        {
            Places.GiveAddresses(1);
        }

        IsChanged = true;
        _entries.RemoveAt(index);
        return AddressChange.Removed;
    }

    private int RemoveWhere<TState>(EntryTest<TState> test, TState state)
    {
        var removed = 0;
        for (var index = Count - 1; index >= 0; index--)
        {
            if (test(in Entries[index], state))
            {
                RemoveAt(index);
                removed++;
            }
        }

        return removed;
    }

    private delegate bool EntryTest<TState>(in AddressEntry entry, TState state);
}

namespace Libp2p.Peerstore;

/// <summary>The addresses of a peer that share one lifetime, and which of them are among those that somebody offers.</summary>
/// <param name="stored">Their lifetime, in their section.</param>
/// <param name="ranges">Where to note where they stand; as many as are looked at.</param>
internal ref struct SharedAddresses(SharedLifetime stored, Span<(int Start, int Length)> ranges)
{
    private readonly Span<(int Start, int Length)> _ranges = ranges;
    private int _stored;
    private int _offered;
    private uint _found;

    public SharedLifetime Lifetime { get; } = stored;

    /// <summary>How many were offered.</summary>
    public readonly int Offered => _offered;

    /// <summary>Whether all that are stored were offered, each once, and nothing else.</summary>
    public readonly bool IsEveryOne => _offered == _stored && _found == (1u << _stored) - 1;

    /// <summary>
    /// Reads where they stand; false where there are none, or too many, or one is not from a source, or might be certified and
    /// is not.
    /// </summary>
    public bool TryRead(in PeerInPlace peer, AddressSource source)
    {
        if (Lifetime.Body.IsEmpty)
        {
            return false;
        }

        var addresses = Lifetime.Addresses;
        while (addresses.MoveNext())
        {
            // What a record names is certified, whoever brings it: that is found out on the copy.
            if (_stored == _ranges.Length || !addresses.Source.HasFlag(source)
                || (!addresses.Source.HasFlag(AddressSource.Certified) && peer.Has(EntrySection.Record)))
            {
                return false;
            }

            _ranges[_stored++] = addresses.Range;
        }

        return true;
    }

    /// <summary>Notes one that is offered; false where it is not stored.</summary>
    public bool TryFind(ReadOnlySpan<byte> address)
    {
        _offered++;
        for (var i = 0; i < _stored; i++)
        {
            var (start, length) = _ranges[i];
            if (length == address.Length && Lifetime.Body.Slice(start, length).SequenceEqual(address))
            {
                _found |= 1u << i;
                return true;
            }
        }

        return false;
    }

    public bool TryFindAll(ReadOnlySpan<Multiaddr> addresses)
    {
        foreach (ref readonly var address in addresses)
        {
            if (!TryFind(address.Bytes))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Finds all addresses of a record.</summary>
    public bool TryFindAll(RecordView record)
    {
        foreach (var (start, length) in record.Addresses)
        {
            if (!TryFind(record.Envelope.Slice(start, length)))
            {
                return false;
            }
        }

        return true;
    }
}

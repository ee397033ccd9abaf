namespace Libp2p.Peerstore;

/// <summary>Goes through the addresses of a section that is known to be well-formed. Begins before the first one.</summary>
internal ref struct AddressReader
{
    private readonly ReadOnlySpan<byte> _body;
    private readonly int _lifetimes;
    private int _next;

    public AddressReader(ReadOnlySpan<byte> body)
    {
        _body = body;
        if (!body.IsEmpty)
        {
            var count = (int)EntryVarint.Read(body, ref _next);
            _lifetimes = _next;
            _next += count * AddressSection.LifetimeLength;
        }
    }

    public AddressSource Source { get; private set; }

    public long Ttl { get; private set; }

    public long Expires { get; private set; }

    /// <summary>Where in the section the bytes of the address stand.</summary>
    public (int Start, int Length) Range { get; private set; }

    public readonly ReadOnlySpan<byte> Bytes => _body.Slice(Range.Start, Range.Length);

    public bool MoveNext()
    {
        if (_next >= _body.Length)
        {
            return false;
        }

        Source = (AddressSource)_body[_next++];
        var lifetime = _lifetimes + ((int)EntryVarint.Read(_body, ref _next) * AddressSection.LifetimeLength);
        Ttl = AddressSection.TtlAt(_body, lifetime);
        Expires = AddressSection.ExpiresAt(_body, lifetime);
        var length = (int)EntryVarint.Read(_body, ref _next);
        Range = (_next, length);
        _next += length;
        return true;
    }

    /// <summary>Goes on to the next address that is live.</summary>
    public bool MoveNextLive(long now)
    {
        while (MoveNext())
        {
            if (Expires > now)
            {
                return true;
            }
        }

        return false;
    }
}

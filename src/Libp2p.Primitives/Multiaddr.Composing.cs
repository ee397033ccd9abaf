namespace Libp2p;

// Putting together and taking apart.
public readonly partial struct Multiaddr
{
    /// <summary>Puts another address behind this one.</summary>
    /// <remarks>The result is not measured against <see cref="DecodeLimits"/>.</remarks>
    /// <exception cref="InvalidOperationException">This address ends in a path, behind which nothing can stand.</exception>
    public Multiaddr Encapsulate(Multiaddr inner)
    {
        if (IsEmpty || inner.IsEmpty)
        {
            return IsEmpty ? inner : this;
        }

        if (EndsInPath)
        {
            throw new InvalidOperationException("Nothing can stand behind an address that ends in a path.");
        }

        return new Multiaddr([.. Bytes, .. inner.Bytes]);
    }

    /// <summary>Removes the last occurrence of an address and all behind it; without one, returns this address as it is.</summary>
    public Multiaddr Decapsulate(Multiaddr inner)
    {
        if (inner.IsEmpty)
        {
            return this;
        }

        // No component is the beginning of another one, so whole components match where bytes do.
        var last = -1;
        foreach (var component in Components)
        {
            if (Bytes[(component.Start - _start)..].StartsWith(inner.Bytes))
            {
                last = component.Start - _start;
            }
        }

        return last < 0 ? this : new Multiaddr(_array, _start, last);
    }

    /// <summary>Splits off <c>/p2p/ID</c> at the end.</summary>
    /// <param name="transport">What stands in front, possibly nothing; the whole address if there is no peer ID at the end.</param>
    /// <param name="peer">The ID; <c>default</c> if there is none at the end.</param>
    /// <returns>Whether the address ends in a peer ID. That of a relay, <c>/p2p/ID/p2p-circuit</c>, does not.</returns>
    public bool TrySplitPeer(out Multiaddr transport, out PeerId peer)
    {
        transport = this;
        peer = default;
        if (!TryGetLast(out var last) || last.Protocol != MultiaddrProtocol.P2P)
        {
            return false;
        }

        transport = new Multiaddr(_array, _start, last.Start - _start);
        peer = PeerId.FromTrusted(last.Value);
        return true;
    }

    /// <summary>Puts <c>/p2p/ID</c> at the end, unless it is there already.</summary>
    /// <exception cref="ArgumentException">The ID is empty or not one that a key can have, or the address already ends in another one.</exception>
    /// <exception cref="InvalidOperationException">This address ends in a path, behind which nothing can stand.</exception>
    public Multiaddr WithPeer(PeerId peer)
    {
        if (TryWithPeer(peer, out var address))
        {
            return address;
        }

        if (!PeerCodec.IsValue(peer))
        {
            throw new ArgumentException("This ID is not one that a key can have.", nameof(peer));
        }

        throw EndsInPath
            ? new InvalidOperationException("Nothing can stand behind an address that ends in a path.")
            : new ArgumentException("The address already ends in the ID of another peer.", nameof(peer));
    }

    /// <summary>Puts <c>/p2p/ID</c> at the end, unless it is there already: for addresses that came from others.</summary>
    /// <param name="peer">The ID.</param>
    /// <param name="address">The address with the ID at its end; <c>default</c> when the answer is <see langword="false"/>.</param>
    /// <returns>
    /// Whether it can stand there. It cannot behind a path or behind the ID of another peer, nor if it is empty or not one
    /// that a key can have.
    /// </returns>
    /// <remarks>The result is not measured against <see cref="DecodeLimits"/>.</remarks>
    public bool TryWithPeer(PeerId peer, out Multiaddr address)
    {
        address = default;
        if (!PeerCodec.IsValue(peer) || EndsInPath)
        {
            return false;
        }

        if (TryGetLast(out var last) && last.Protocol == MultiaddrProtocol.P2P)
        {
            address = last.Value.SequenceEqual(peer.Bytes) ? this : default;
            return !address.IsEmpty;
        }

        address = new Multiaddr([.. Bytes, .. MultiaddrProtocol.P2P.CodeBytes, (byte)peer.Length, .. peer.Bytes]);
        return true;
    }

    private bool EndsInPath => TryGetLast(out var last) && last.Protocol.IsPath;

    private bool TryGetLast(out MultiaddrComponent last)
    {
        last = default;
        foreach (var component in Components)
        {
            last = component;
        }

        return !IsEmpty;
    }
}

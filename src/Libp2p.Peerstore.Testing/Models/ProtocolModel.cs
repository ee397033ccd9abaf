namespace Libp2p.Peerstore.Testing;

/// <summary>The protocols of peers, in the contract's reading or go-libp2p's.</summary>
internal sealed class ProtocolModel(PeerstoreOptions options, bool likeGo)
{
    private readonly Dictionary<PeerId, HashSet<string>> _peers = [];

    public ConformanceRule? Difference { get; private set; }

    public IReadOnlyCollection<PeerId> Peers => _peers.Keys;

    public IReadOnlyCollection<string> Get(PeerId peer) => _peers.GetValueOrDefault(peer) ?? [];

    public bool Set(PeerId peer, IReadOnlyList<string> protocols) => TryStore(peer, [], protocols);

    public bool Add(PeerId peer, IReadOnlyList<string> protocols) => TryStore(peer, Get(peer), protocols);

    public void Remove(PeerId peer, IReadOnlyList<string> protocols)
    {
        if (!_peers.TryGetValue(peer, out var known))
        {
            return;
        }

        known.ExceptWith(protocols);
        if (known.Count == 0)
        {
            _ = _peers.Remove(peer);
        }
    }

    public void Remove(PeerId peer) => _peers.Remove(peer);

    private bool TryStore(PeerId peer, IReadOnlyCollection<string> known, IReadOnlyList<string> given)
    {
        var all = known.Union(given, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var tooLong = given.Any(protocol => protocol.Length > options.MaxProtocolIdLength);
        var count = likeGo ? known.Count + given.Count : all.Count;
        if (likeGo)
        {
            if (count > options.MaxProtocolsPerPeer && all.Count <= options.MaxProtocolsPerPeer)
            {
                Difference = DifferenceRules.ProtocolDuplicates;
            }

            if (tooLong)
            {
                Difference = DifferenceRules.ProtocolLength;
            }

            if (peer.IsEmpty)
            {
                Difference = DifferenceRules.EmptyPeer;
            }
        }
        else if (tooLong || peer.IsEmpty)
        {
            return false;
        }

        if (count > options.MaxProtocolsPerPeer)
        {
            return false;
        }

        if (all.Count > 0)
        {
            _peers[peer] = all;
        }
        else
        {
            _ = _peers.Remove(peer);
        }

        return true;
    }
}

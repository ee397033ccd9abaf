namespace Libp2p.Peerstore;

/// <summary>Makes the addresses of a peer whose last connection has ended mortal again.</summary>
/// <remarks>
/// go-libp2p (<c>identify/id.go</c>, <c>Disconnected</c>) takes any 20 of all addresses; here they are the one in use,
/// if the store knows it, and the best of those that were connected. The others keep their own lifetimes.
/// </remarks>
internal static class DepartureStep
{
    public static async ValueTask RunAsync(IPeerstore store, PeerId peer, Multiaddr remote, int most)
    {
        var inUse = remote.TrySplitPeer(out var transport, out var named) && named == peer ? transport : remote;
        for (var attempt = 1; ; attempt++)
        {
            var known = await store.GetSnapshotAsync(peer).ConfigureAwait(false);
            AddressDetails[] candidates = [.. Candidates(known, inUse)];
            if (candidates.Length == 0)
            {
                return;
            }

            void Write(IPeerEdit edit) => Demote(edit, candidates, most);

            var outcome = attempt <= LifecycleLimits.Attempts
                ? await store.UpdatePeerAsync(peer, known.Version, Write).ConfigureAwait(false)
                : await store.UpdatePeerAsync(peer, Write).ConfigureAwait(false);
            if (outcome != PeerEditOutcome.VersionChanged)
            {
                return;
            }
        }
    }

    /// <summary>What was connected, best first, and in front of it the address in use unless that is permanent.</summary>
    private static IEnumerable<AddressDetails> Candidates(PeerSnapshot known, Multiaddr inUse) =>
        from details in known.Addresses
        where details.Ttl <= AddressTtl.Connected
        where details.Ttl == AddressTtl.Connected || details.Address == inUse
        orderby details.Address == inUse descending
        select details;

    private static void Demote(IPeerEdit edit, AddressDetails[] candidates, int most)
    {
        var (kept, gone) = (candidates.Take(most), candidates.Skip(most));
        edit.SetAddresses(Select(kept, wasConnected: true), AddressTtl.RecentlyConnected);
        edit.AddAddresses(Select(kept, wasConnected: false), AddressTtl.RecentlyConnected);
        edit.SetAddresses(Select(gone, wasConnected: true), TimeSpan.Zero);
    }

    private static Multiaddr[] Select(IEnumerable<AddressDetails> candidates, bool wasConnected) =>
    [
        .. from details in candidates
           where details.Ttl == AddressTtl.Connected == wasConnected
           select details.Address,
    ];
}

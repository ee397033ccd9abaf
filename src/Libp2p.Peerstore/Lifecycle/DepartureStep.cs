namespace Libp2p.Peerstore;

/// <summary>Makes the addresses of a peer whose last connection has ended mortal again.</summary>
/// <remarks>
/// go-libp2p (<c>identify/id.go</c>, <c>Disconnected</c>) takes any 20 of all addresses; here they are the one in use, if
/// the store knows it, and the best of those that were connected. The others keep their own lifetimes.
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

    /// <summary>The addresses that were connected, best first, and in front of them the one in use if it has an end.</summary>
    private static IEnumerable<AddressDetails> Candidates(PeerSnapshot known, Multiaddr inUse) =>
        from details in known.Addresses
        where details.Ttl == AddressTtl.Connected || (details.Address == inUse && details.Ttl < AddressTtl.Connected)
        orderby details.Address == inUse descending
        select details;

    private static void Demote(IPeerEdit edit, AddressDetails[] candidates, int most)
    {
        var kept = candidates.Take(most).ToLookup(static details => details.Ttl == AddressTtl.Connected, static details => details.Address);
        edit.SetAddresses([.. kept[true]], AddressTtl.RecentlyConnected);
        edit.AddAddresses([.. kept[false]], AddressTtl.RecentlyConnected);
        edit.SetAddresses(
            [.. candidates.Skip(most).Where(static details => details.Ttl == AddressTtl.Connected).Select(static details => details.Address)],
            TimeSpan.Zero);
    }
}

namespace Libp2p.Peerstore;

/// <summary>What a file remembers, and what is written into it.</summary>
internal sealed partial class PeerstoreEngine
{
    /// <summary>Puts a peer back as a file remembers it; false where nothing of it is alive any more.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="stored">Its entry, read and checked.</param>
    /// <param name="connectedUntil">When connections ended that the file remembers.</param>
    public bool Restore(in PeerId peer, in StoredPeer stored, DateTimeOffset connectedUntil)
    {
        var disconnected = new Lifetime(AddressTtl.RecentlyConnected, connectedUntil.UtcTicks);
        var (protocols, now) = (stored.Protocols, Now);
        // What reviving drops was never counted: its places go into a hand that gives nothing back.
        return ShardOf(peer.GetHash64()).Restore(
            peer, stored.Sections, entry => Revive(entry, protocols, disconnected, now), new(_addressQuota, _recordQuota, _peerQuota));
    }

    /// <summary>Writes a peer's entry in its encoding; false where nothing is known of it. Works after the store was closed.</summary>
    public bool TryEncode(in PeerId peer, EntryBuffer output) => ShardOf(peer.GetHash64()).ReadLast(
        peer,
        output,
        Now,
        static (in view, output, _) =>
        {
            if (view.IsKnown)
            {
                EntryWriter.Write(view, output);
            }

            return view.IsKnown;
        });

    /// <summary>What a file holds is loaded whole, whatever the limits are today; but nothing that has ended meanwhile.</summary>
    private static bool Revive(PeerEntry entry, string[] protocols, Lifetime disconnected, long now)
    {
        entry.Addresses.Disconnect(disconnected);
        entry.DropExpired(now);
        entry.DropRecordWithoutAddresses();
        entry.SetProtocolsAnyway(protocols);
        return !entry.IsEmpty;
    }
}

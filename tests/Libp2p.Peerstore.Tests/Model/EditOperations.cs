namespace Libp2p.Peerstore.Tests;

/// <summary>Several operations on a peer in one step.</summary>
internal static class EditOperations
{
    /// <summary>Makes one of several; those that read, or cannot be a part of an edit, are left out.</summary>
    public static PeerOperation Edit(params PeerOperation[] parts)
    {
        PeerOperation[] changes = [.. parts.Where(static part => part.Edit is not null)];
        return new(
            $"edit ({string.Join("; ", changes.Select(static change => change.Name))})",
            async (store, peer) => (await store.UpdatePeerAsync(peer.Id, edit => ListChanges(edit, changes, peer))).ToString(),
            (model, peer, now) => Apply(model, changes, peer, now));
    }

    private static void ListChanges(IPeerEdit edit, PeerOperation[] changes, SamplePeer peer)
    {
        foreach (var change in changes)
        {
            change.Edit!(edit, peer);
        }
    }

    /// <summary>All of it, or nothing where one of the changes is a record that is older than the stored one.</summary>
    private static (PeerModel After, string Answer) Apply(PeerModel before, PeerOperation[] changes, SamplePeer peer, long now)
    {
        var model = before;
        foreach (var change in changes)
        {
            (model, var answer) = change.Step(model, peer, now);
            if (string.Equals(answer, nameof(RecordOutcome.Stale), StringComparison.Ordinal))
            {
                return (before, nameof(PeerEditOutcome.StaleRecord));
            }
        }

        return (model, nameof(PeerEditOutcome.Applied));
    }
}

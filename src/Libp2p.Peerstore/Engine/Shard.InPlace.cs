namespace Libp2p.Peerstore;

/// <summary>Changes that are written over the peer's frame, and neither copy nor encode it.</summary>
internal sealed partial class Shard
{
    private bool TryChangeInPlaceLocked<TState, TResult>(
        int slot, in PeerAttempt attempt, TState state, ChangingInPlace<TState, TResult> change, out TResult result)
    {
        AssertInvariantsLocked();
        var frame = _log[_index.HandleAt(slot)];
        var before = new PeerView(frame, _sets).AddressSpan;
        if (before.First <= attempt.Now)
        {
            // What has expired goes first, which alters lengths.
            result = default!;
            return false;
        }

        // Nothing may fail once the frame is written over.
        ReserveEndsLocked();
        var done = change(new(Frame.SectionsOf(frame), _options, attempt.Places, attempt.Now), state, out result);
        if (done >= InPlaceResult.Renewed)
        {
            Frame.SetStamp(frame, ++_stamp);
            PlanNearerEndsLocked(PeerIndex.HashOf(attempt.Hash), frame, before);
            _journal()?.OnChanged(attempt.Peer, isOnlyRenewed: done == InPlaceResult.Renewed);
        }

        return done != InPlaceResult.NotPossible;
    }

    /// <summary>Renewing moves ends away, which costs the queues nothing; an update may bring them nearer, or into being.</summary>
    private void PlanNearerEndsLocked(uint hash, ReadOnlySpan<byte> frame, in AddressSpan before)
    {
        var view = new PeerView(frame, _sets);
        if (view.AddressSpan.First < before.First || view.AddressSpan.HasEndless != before.HasEndless)
        {
            var ends = PeerEnds.Of(before, view.Has(EntrySection.Record), view.Has(EntrySection.PrivateKey));
            PlanLocked(hash, ends, view.Ends);
            DropLeftoversLocked();
        }
    }
}

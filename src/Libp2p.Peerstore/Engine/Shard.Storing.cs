namespace Libp2p.Peerstore;

/// <summary>How an entry that was changed becomes what memory holds of its peer.</summary>
internal sealed partial class Shard
{
    /// <summary>Writes the entry to where it belongs, and plans its ends. Where that throws, the peer is what it was.</summary>
    private void SettleLocked(int slot, in PeerId peer, uint hash, in PeerEnds before, bool isOnlyRenewed = false)
    {
        AssertInvariantsLocked();
        var holdsPrivateKey = _entry.HoldsPrivateKey;
        try
        {
            PlaceLocked(slot, peer, hash, before);
            _entry.Commit();
            DropLeftoversLocked();
            _log.Clean(_index, CleaningShare);
            _journal()?.OnChanged(peer, isOnlyRenewed);
        }
        finally
        {
            if (holdsPrivateKey)
            {
                _entry.Wipe();
                _output.Wipe();
            }
        }
    }

    private void PlaceLocked(int slot, in PeerId peer, uint hash, in PeerEnds before)
    {
        if (!_entry.IsEmpty)
        {
            try
            {
                WriteLocked(peer);
                // A frame that does not come after all leaves nothing behind but leftovers.
                PlanLocked(hash, before, _entry.Ends);
                StoreLocked(slot, hash);
            }
            catch
            {
                _entry.Abandon();
                _entry.Places.GivePeers(slot < 0 ? 1 : 0);
                throw;
            }
        }
        else if (slot >= 0)
        {
            _log.Free(_index.HandleAt(slot));
            _index.RemoveAt(slot);
            _entry.Places.GivePeers(1);
        }
    }

    private void WriteLocked(in PeerId peer)
    {
        _output.Clear();
        _output.Reserve(Frame.HeaderLength + peer.Length);
        _entry.Write(_output);
        Frame.WriteHeader(_output.Written, peer, _entry.Protocols.Number, _entry.Stamp);
    }

    private void StoreLocked(int slot, uint hash)
    {
        if (slot < 0)
        {
            // First, for a frame that no index holds could not be moved.
            _index.Reserve();
            _index.Add(hash, _log.Append(_output.Written));
            return;
        }

        var handle = _index.HandleAt(slot);
        if (_log.TryReplace(handle, _output.Written))
        {
            return;
        }

        try
        {
            _index.Set(slot, _log.Append(_output.Written));
        }
        catch (OutOfMemoryException)
        {
            if (_log.TryShrink(handle, _output.Written))
            {
                return;
            }

            throw;
        }

        _log.Free(handle);
    }
}

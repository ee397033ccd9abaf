using System.Diagnostics;

namespace Libp2p.Peerstore;

/// <summary>Whether a shard's parts agree.</summary>
internal sealed partial class Shard
{
    /// <summary>Walks everything and adds what is wrong.</summary>
    public HeldCounts Check(List<string> faults)
    {
        lock (_gate)
        {
            var held = default(HeldCounts);
            _handles.Clear();
            _index.List(prefix: 0, bits: 0, _handles);
            if (_handles.Count != _index.Count)
            {
                faults.Add($"shard {_number} lists {_handles.Count} peers and counts {_index.Count}");
            }

            var planned = _ends.Select(static queue => queue?.FirstTicks() ?? []).ToArray();
            foreach (var handle in _handles)
            {
                var view = new PeerView(_log[handle], _sets);
                held += HeldCounts.Of(view);
                CheckPeerLocked(view, handle, planned, faults);
            }

            _log.Check(faults);
            GC.KeepAlive(_log);
            return held;
        }
    }

    /// <summary>What can be asked without a walk; first under the gate, before anything is changed.</summary>
    [Conditional("DEBUG")]
    private void AssertInvariantsLocked()
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "the gate is held");
        Debug.Assert(_log.Live >= 0 && _log.Live <= _log.Used, "what lives is part of what is used");
        Debug.Assert(_moved.Count == 0, "nothing that was taken out of a queue is forgotten");
    }

    private void CheckPeerLocked(
        in PeerView view, uint handle, Dictionary<uint, long>[] planned, List<string> faults)
    {
        var (peer, hash) = (view.Peer, PeerIndex.HashOf(view.Peer));
        var slot = _index.Find(hash, peer, _log);
        if (slot < 0 || _index.HandleAt(slot) != handle)
        {
            faults.Add($"peer {peer} is not found where it lies");
        }

        for (var i = 0; i < _ends.Length; i++)
        {
            var (queue, end) = (_ends[i], view.Ends[(EndKind)i]);
            if (queue is null || end == long.MaxValue)
            {
                continue;
            }

            // At its end, or before it: who comes to the front too early is planned anew.
            var tick = queue.TickOf(end);
            if (planned[i].GetValueOrDefault(PeerIndex.PrefixOf(hash), long.MaxValue) > tick)
            {
                faults.Add($"peer {peer} is not in the queue {(EndKind)i}");
            }
        }
    }
}

using System.Threading.Channels;

namespace Libp2p.Peerstore;

/// <summary>One reader of the stream of a peer's new addresses.</summary>
/// <remarks>
/// Writers offer under the gate of the peer's shard and never wait: what does not fit into the buffer is dropped and
/// noted as overflow, which the reader answers by <see cref="TryResyncLocked"/> under the same gate. Continuations of
/// the reader never run on the writer's thread.
/// </remarks>
internal sealed class AddressWatcher(int buffer)
{
    private readonly Channel<Multiaddr> _channel = Channel.CreateBounded<Multiaddr>(
        new BoundedChannelOptions(Math.Max(1, buffer)) { SingleReader = true, AllowSynchronousContinuations = false });

    private bool _overflowed;
    private Multiaddr[]? _last;

    public ChannelReader<Multiaddr> Reader => _channel.Reader;

    /// <summary>Whether something can be read, or was lost, without waiting.</summary>
    public bool HasMore => Volatile.Read(ref _overflowed) || _channel.Reader.Count > 0;

    /// <summary>Under the gate. What comes after an overflow is part of the snapshot that answers it.</summary>
    public void OfferLocked(Multiaddr address)
    {
        if (!_overflowed)
        {
            Volatile.Write(ref _overflowed, !_channel.Writer.TryWrite(address));
        }
    }

    /// <summary>Under the gate: forgets what waits, if some of what should wait is lost.</summary>
    private bool TryBeginResyncLocked()
    {
        if (!_overflowed)
        {
            return false;
        }

        while (_channel.Reader.TryRead(out _))
        {
            // What is dropped here is part of the snapshot that the caller takes under the same gate.
        }

        _overflowed = false;
        return true;
    }

    /// <summary>Under the gate, when the store is closed: a reader that lost something gets what was known last.</summary>
    public void CompleteLocked(Func<Multiaddr[]> last)
    {
        _last = _overflowed ? last() : null;
        _channel.Writer.TryComplete();
    }

    /// <summary>Under the gate: the snapshot that answers an overflow; null where nothing was lost.</summary>
    public Multiaddr[]? TryResyncLocked(in PeerView view, long now)
    {
        if (!TryBeginResyncLocked())
        {
            return null;
        }

        var last = _last;
        _last = null;
        return last ?? LiveAddresses.Copy(view, now);
    }
}

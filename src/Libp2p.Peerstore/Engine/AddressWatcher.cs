using System.Threading.Channels;

namespace Libp2p.Peerstore;

/// <summary>One reader of the stream of a peer's new addresses.</summary>
/// <remarks>
/// Writers offer under the gate of the peer's shard and never wait: what does not fit into the buffer is dropped and
/// noted as overflow, which the reader answers by <see cref="TryBeginResyncLocked"/> under the same gate. Continuations of
/// the reader never run on the writer's thread.
/// </remarks>
internal sealed class AddressWatcher(int buffer)
{
    private readonly Channel<Multiaddr> _channel = Channel.CreateBounded<Multiaddr>(
        new BoundedChannelOptions(Math.Max(1, buffer)) { SingleReader = true, AllowSynchronousContinuations = false });

    private bool _overflowed;

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
    public bool TryBeginResyncLocked()
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

    public void Complete() => _channel.Writer.TryComplete();
}

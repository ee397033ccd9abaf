using System.Threading.Channels;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Wakes one who waits, or will wait: any number of signals before that are one.</summary>
internal sealed class WakeUp
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(1);

    /// <summary>Signals. Who waits continues on a thread of its own.</summary>
    public void Set() => _signal.Writer.TryWrite(true);

    public async ValueTask WaitAsync(CancellationToken cancellationToken) =>
        await _signal.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
}

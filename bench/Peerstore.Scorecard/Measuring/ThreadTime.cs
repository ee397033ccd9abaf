using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;

namespace Peerstore.Scorecard.Measuring;

/// <summary>How long the scheduler of Linux ran the thread that made this, and how long it let it wait for a core.</summary>
/// <remarks>
/// What is in neither, the thread was blocked: it waited for a lock, or for the garbage collector. On a machine with fewer
/// cores than busy threads this says what is the store's and what is the machine's.
/// </remarks>
internal sealed class ThreadTime : IDisposable
{
    private const string Source = "/proc/thread-self/schedstat";
    private readonly SafeFileHandle _file;
    private readonly byte[] _text = new byte[64];

    private ThreadTime(SafeFileHandle file) => _file = file;

    /// <summary>For the current thread; null where the system does not say.</summary>
    public static ThreadTime? TryOpen() => File.Exists(Source) ? new(File.OpenHandle(Source)) : null;

    /// <summary>Nanoseconds until now on a core, and ready to run while others had the cores.</summary>
    public (long Running, long Waiting) Read()
    {
        var text = _text.AsSpan(0, RandomAccess.Read(_file, _text, 0));
        _ = Utf8Parser.TryParse(text, out long running, out var length);
        _ = Utf8Parser.TryParse(text[(length + 1)..], out long waiting, out _);
        return (running, waiting);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}

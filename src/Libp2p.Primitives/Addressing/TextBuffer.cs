using System.Buffers;

namespace Libp2p;

/// <summary>Room for a text: on the caller's stack when it fits, else borrowed from the pool.</summary>
internal ref struct TextBuffer
{
    /// <summary>What callers lay on their stack; nearly every multiaddr fits.</summary>
    public const int StackBytes = 512;

    private byte[]? _rented;

    public TextBuffer(Span<byte> stack, int length)
    {
        _rented = length <= stack.Length ? null : ArrayPool<byte>.Shared.Rent(length);
        Span = (_rented is null ? stack : _rented)[..length];
    }

    /// <summary>The room, exactly as long as was asked for.</summary>
    public Span<byte> Span { get; }

    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}

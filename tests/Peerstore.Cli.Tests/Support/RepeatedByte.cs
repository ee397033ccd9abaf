namespace Peerstore.Cli.Tests;

/// <summary>A stream of one byte again and again, made as it is read, with a text behind it.</summary>
internal sealed class RepeatedByte(byte value, long count, byte[] tail) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => count + tail.Length;

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        int taken;
        if (_position < count)
        {
            taken = (int)Math.Min(buffer.Length, count - _position);
            buffer[..taken].Fill(value);
        }
        else
        {
            ReadOnlySpan<byte> rest = tail.AsSpan((int)(_position - count));
            taken = Math.Min(buffer.Length, rest.Length);
            rest[..taken].CopyTo(buffer);
        }

        _position += taken;
        return taken;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

namespace Peerstore.Cli.Ingest;

/// <summary>Reads lines of bytes from a stream, in memory that no line can exceed.</summary>
/// <remarks>
/// A longer line is skipped as it is read, in buffer-sized steps, and reported as too long. A byte order mark at the
/// very beginning and a carriage return at the end of a line do not belong to the line. Not thread-safe.
/// </remarks>
internal sealed class LineReader
{
    /// <summary>The bytes of the longest line that is read, its end not included.</summary>
    public const int DefaultMaxLineBytes = 1024 * 1024;

    private const int FirstBufferBytes = 65_536;
    private readonly Stream _stream;
    private readonly int _maxLineBytes;
    private byte[] _buffer;
    private int _start;
    private int _end;
    private bool _atEndOfStream;

    /// <summary>Reads from a stream, which stays the caller's.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="maxLineBytes">The bytes of the longest line that is read.</param>
    public LineReader(Stream stream, int maxLineBytes = DefaultMaxLineBytes)
    {
        _stream = stream;
        _maxLineBytes = maxLineBytes;
        _buffer = new byte[Math.Min(FirstBufferBytes, maxLineBytes + 2)];
    }

    /// <summary>The number of the current line; the first one has 1.</summary>
    public long Number { get; private set; }

    /// <summary>The bytes taken from the stream so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The current line, valid until the next one is read. Empty where it is too long.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Whether the current line was longer than what is read.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Goes to the next line.</summary>
    /// <param name="cancellationToken">Cancels the wait for bytes; no further line can be read then.</param>
    /// <returns>False at the end of the stream.</returns>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var searched = 0;
        IsTooLong = false;
        while (true)
        {
            var length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                return Take(searched + length, 1);
            }

            searched = _end - _start;
            if (searched > _maxLineBytes + 1)
            {
                IsTooLong = true;
                _start = _end = searched = 0;
            }

            if (_atEndOfStream || !await FillAsync(cancellationToken))
            {
                return (searched > 0 || IsTooLong) && Take(searched, 0);
            }
        }
    }

    private bool Take(int length, int lineEnd)
    {
        ReadOnlyMemory<byte> line = _buffer.AsMemory(_start, length);
        _start += length + lineEnd;
        Number++;
        if (Number == 1 && line.Span.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        if (line.Span.EndsWith("\r"u8))
        {
            line = line[..^1];
        }

        IsTooLong |= line.Length > _maxLineBytes;
        Line = IsTooLong ? default : line;
        return true;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var reading = _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        // A console's read cannot be cancelled: the wait for it can. After that the buffer is nobody's any more.
        var read = reading.IsCompleted ? await reading : await reading.AsTask().WaitAsync(cancellationToken);
        _atEndOfStream = read == 0;
        _end += read;
        BytesRead += read;
        return read > 0;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        // Room for the longest line, its carriage return and one byte more, by which a longer one is known.
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, _maxLineBytes + 2));
        }
    }
}

namespace Libp2p.Peerstore.Faults;

/// <summary>The content of a file, or that there is none.</summary>
internal sealed class FileImage
{
    private byte[] _bytes = [];
    private int _length;

    public bool Exists { get; private set; }

    public ReadOnlySpan<byte> Content => _bytes.AsSpan(0, _length);

    public FileImage Clone() => new() { _bytes = Content.ToArray(), _length = _length, Exists = Exists };

    public void Apply(FileChange change)
    {
        switch (change.Kind)
        {
            case FileChangeKind.Found or FileChangeKind.Created:
                SetLength(0);
                Write(0, change.Content.Span);
                Exists = true;
                break;
            case FileChangeKind.Written:
                // A file that was not made durable, but written to, has its bytes without a name: it is not there.
                Write((int)change.Offset, change.Content.Span);
                break;
            case FileChangeKind.Truncated:
                SetLength((int)change.Offset);
                break;
            case FileChangeKind.Deleted or FileChangeKind.DeletedDurably:
                SetLength(0);
                Exists = false;
                break;
        }
    }

    private void Write(int offset, ReadOnlySpan<byte> content)
    {
        SetLength(Math.Max(_length, offset + content.Length));
        content.CopyTo(_bytes.AsSpan(offset));
    }

    private void SetLength(int length)
    {
        if (length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(length, 2 * _bytes.Length));
        }

        // What lies behind the end is zero, so that a file that grows has holes, not its own past.
        if (length < _length)
        {
            _bytes.AsSpan(length, _length - length).Clear();
        }

        _length = length;
    }
}

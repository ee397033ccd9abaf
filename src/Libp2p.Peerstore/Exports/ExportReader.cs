using System.Security.Cryptography;

namespace Libp2p.Peerstore;

/// <summary>Takes an export apart, and holds no more of it than one entry. Used by one thread at a time.</summary>
/// <remarks>
/// A length is believed only with its checksum, and even then memory is taken as the bytes come. Behind a damaged length
/// nothing is looked for: what looks like an entry there may be the content of another one.
/// </remarks>
internal sealed class ExportReader(Stream stream, int maxEntryBytes) : IDisposable
{
    private const int Portion = 1 << 16;

    /// <summary>The ticks of the last instant of the calendar.</summary>
    private const long MaxTicks = 3_155_378_975_999_999_999;

    private readonly byte[] _head = new byte[ExportFormat.HeaderLength];
    private byte[] _body = [];
    private int _length;

    /// <summary>How many bytes were read.</summary>
    public long Position { get; private set; }

    /// <summary>How many entries were read, those included that are too long.</summary>
    public long Entries { get; private set; }

    /// <summary>Where the last entry begins.</summary>
    public long EntryPosition { get; private set; }

    /// <summary>The ID behind its length, and the entry; good until the next one is read.</summary>
    public ReadOnlySpan<byte> Entry => _body.AsSpan(0, _length);

    /// <summary>Why it cannot be read on.</summary>
    public (PeerstoreError Error, string Message) Failure { get; private set; }

    /// <summary>Reads the header: when the export was made, in ticks of UTC; null if it cannot be read.</summary>
    public async ValueTask<long?> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        var length = await FillHeadAsync(0, ExportFormat.HeaderLength, cancellationToken).ConfigureAwait(false);
        var header = _head.AsMemory(0, length);
        var magic = Math.Min(length, ExportFormat.Magic.Length);
        if (length == 0 || !header.Span[..magic].SequenceEqual(ExportFormat.Magic[..magic]))
        {
            Fail("This is not an export of a peerstore.", PeerstoreError.WrongFile);
        }
        else if (length > magic && header.Span[magic] != ExportFormat.Version)
        {
            Fail($"The export is of version {header.Span[magic]}, which this program does not know.", PeerstoreError.WrongFile);
        }
        else if (length < ExportFormat.HeaderLength)
        {
            FailCutOff();
        }
        else if (!ExportFormat.IsWhole(header.Span) || ExportFormat.MadeIn(header.Span) is < 0 or > MaxTicks)
        {
            Fail("The header of the export is damaged.");
        }
        else
        {
            return ExportFormat.MadeIn(header.Span);
        }

        return null;
    }

    /// <summary>Reads the next part.</summary>
    public async ValueTask<ExportPart> ReadNextAsync(CancellationToken cancellationToken)
    {
        var start = Position;
        if (await FillHeadAsync(0, ExportFormat.HeadLength, cancellationToken).ConfigureAwait(false) < ExportFormat.HeadLength)
        {
            return FailCutOff();
        }

        if (_head[0] == ExportFormat.EndTag)
        {
            return await ReadEndAsync(start, cancellationToken).ConfigureAwait(false);
        }

        if (_head[0] != ExportFormat.EntryTag || !ExportFormat.IsWhole(_head.AsSpan(0, ExportFormat.HeadLength)))
        {
            return FailDamaged(start);
        }

        EntryPosition = start;
        return await ReadEntryAsync(ExportFormat.LengthIn(_head), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Overwrites what was read last: it may hold a private key.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_body);

    private async ValueTask<ExportPart> ReadEntryAsync(uint length, CancellationToken cancellationToken)
    {
        var isTooLong = length > maxEntryBytes;
        var isThere = isTooLong
            ? await PassOverAsync(length, cancellationToken).ConfigureAwait(false)
            : await FillBodyAsync((int)length, cancellationToken).ConfigureAwait(false);
        if (!isThere)
        {
            return FailCutOff();
        }

        Entries++;
        return isTooLong ? ExportPart.TooLong : ExportPart.Entry;
    }

    private async ValueTask<ExportPart> ReadEndAsync(long start, CancellationToken cancellationToken)
    {
        if (await FillHeadAsync(ExportFormat.HeadLength, ExportFormat.EndLength, cancellationToken).ConfigureAwait(false)
            < ExportFormat.EndLength)
        {
            return FailCutOff();
        }

        if (!ExportFormat.IsWhole(_head.AsSpan(0, ExportFormat.EndLength)))
        {
            return FailDamaged(start);
        }

        var count = ExportFormat.CountIn(_head);
        return count == Entries
            ? ExportPart.End
            : Fail($"The export is damaged: it has {Entries} entries, and says at its end that there are {count}.");
    }

    private async ValueTask<int> FillHeadAsync(int from, int to, CancellationToken cancellationToken)
    {
        var read = await stream.ReadAtLeastAsync(
            _head.AsMemory(from, to - from), to - from, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        Position += read;
        return from + read;
    }

    private async ValueTask<bool> FillBodyAsync(int length, CancellationToken cancellationToken)
    {
        for (_length = 0; _length < length;)
        {
            if (_length == _body.Length)
            {
                Grow(Math.Min(length, Math.Max(Portion, 2 * _length)));
            }

            var room = _body.AsMemory(_length, Math.Min(length, _body.Length) - _length);
            var read = await stream.ReadAsync(room, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return false;
            }

            Position += read;
            _length += read;
        }

        return true;
    }

    private async ValueTask<bool> PassOverAsync(uint length, CancellationToken cancellationToken)
    {
        _length = 0;
        Grow(Portion);
        for (long left = length; left > 0;)
        {
            var read = await stream.ReadAsync(
                _body.AsMemory(0, (int)Math.Min(left, _body.Length)), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return false;
            }

            Position += read;
            left -= read;
        }

        return true;
    }

    private void Grow(int capacity)
    {
        if (_body.Length < capacity)
        {
            var former = _body;
            Array.Resize(ref _body, capacity);
            CryptographicOperations.ZeroMemory(former);
        }
    }

    private ExportPart FailCutOff() => Fail($"The export is cut off at byte {Position}, behind {Entries} entries: its end mark is missing.");

    private ExportPart FailDamaged(long position) =>
        Fail($"The export is damaged at byte {position}, behind {Entries} entries: where the next one begins is not known.");

    private ExportPart Fail(string message, PeerstoreError error = PeerstoreError.Damaged)
    {
        Failure = (error, message);
        return ExportPart.Failed;
    }
}

using System.Buffers.Binary;
using System.Text;

namespace Libp2p.Peerstore;

/// <summary>A signed record as an entry holds it: the envelope, and what is asked of it most often, read beforehand.</summary>
/// <remarks><c>default</c> is no record. The bytes are known to be well-formed.</remarks>
internal readonly ref struct RecordView
{
    private readonly ReadOnlySpan<byte> _body;
    private readonly int _domain;
    private readonly int _ranges;
    private readonly int _count;

    public RecordView(ReadOnlySpan<byte> body)
    {
        _body = body;
        if (body.IsEmpty)
        {
            return;
        }

        var at = 0;
        var domain = (int)EntryVarint.Read(body, ref at);
        _domain = at;
        at += domain;
        Sequence = BinaryPrimitives.ReadUInt64LittleEndian(body[at..]);
        at += sizeof(ulong);
        _count = (int)EntryVarint.Read(body, ref at);
        _ranges = at;
        for (var i = 0; i < 2 * _count; i++)
        {
            EntryVarint.Read(body, ref at);
        }

        EnvelopeStart = at;
    }

    public bool Exists => !_body.IsEmpty;

    public ulong Sequence { get; }

    /// <summary>Where in the section the envelope begins.</summary>
    public int EnvelopeStart { get; }

    public ReadOnlySpan<byte> Envelope => _body[EnvelopeStart..];

    /// <summary>Where in the envelope the addresses stand that are the peer's own, without the suffix that names it.</summary>
    public Ranges Addresses => new(_body, _ranges, _count);

    public string ReadDomain()
    {
        var at = 0;
        return Encoding.UTF8.GetString(_body.Slice(_domain, (int)EntryVarint.Read(_body, ref at)));
    }

    public bool Contains(ReadOnlySpan<byte> address)
    {
        foreach (var (start, length) in Addresses)
        {
            if (length == address.Length && Envelope.Slice(start, length).SequenceEqual(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Makes the body of the section.</summary>
    public static byte[] Encode(string domain, ulong sequence, ReadOnlySpan<Multiaddr> own, ReadOnlySpan<byte> envelope)
    {
        var output = new EntryBuffer();
        output.PutText(domain);
        output.PutInt64((long)sequence);
        output.PutVarint((uint)own.Length);
        foreach (var address in own)
        {
            output.PutVarint((uint)address.StartInArray);
            output.PutVarint((uint)address.Bytes.Length);
        }

        output.Put(envelope);
        return output.Written.ToArray();
    }

    /// <summary>Goes through ranges without allocating.</summary>
    internal ref struct Ranges(ReadOnlySpan<byte> body, int at, int count)
    {
        private readonly ReadOnlySpan<byte> _body = body;
        private int _at = at;
        private int _left = count;

        public (int Start, int Length) Current { get; private set; }

        public readonly Ranges GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_left-- <= 0)
            {
                return false;
            }

            Current = ((int)EntryVarint.Read(_body, ref _at), (int)EntryVarint.Read(_body, ref _at));
            return true;
        }
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Libp2p.Peerstore;

/// <summary>A buffer into which entries are written; it keeps its memory for the next one. Used by one thread at a time.</summary>
internal sealed class EntryBuffer
{
    private const int MinCapacity = 512;

    /// <summary>What one huge entry needed is not kept for ever.</summary>
    private const int MaxKept = 1 << 16;

    private byte[] _bytes = [];

    public int Length { get; private set; }

    public Span<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The same for who hands it on; good until something is written.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    /// <summary>Overwrites what was written: it held a private key.</summary>
    public void Wipe() => CryptographicOperations.ZeroMemory(_bytes);

    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > MaxKept)
        {
            _bytes = [];
        }
    }

    public void PutByte(byte value) => Reserve(1)[0] = value;

    public void PutInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(sizeof(long)), value);

    public void PutUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(sizeof(uint)), value);

    public void PutVarint(ulong value) => EntryVarint.Write(Reserve(EntryVarint.LengthOf(value)), value);

    public void Put(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>Puts bytes behind their length.</summary>
    public void PutBytes(ReadOnlySpan<byte> bytes)
    {
        PutVarint((ulong)bytes.Length);
        Put(bytes);
    }

    /// <summary>Puts a text in UTF-8 behind its length.</summary>
    public void PutText(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        PutVarint((ulong)length);
        Encoding.UTF8.GetBytes(text, Reserve(length));
    }

    /// <summary>Puts the head of a section, whose body of a known length follows.</summary>
    public void PutSection(EntrySection section, int length)
    {
        PutByte((byte)section);
        PutVarint((ulong)length);
    }

    public Span<byte> Reserve(int length)
    {
        if (_bytes.Length - Length < length)
        {
            var larger = new byte[Math.Max(Math.Max(MinCapacity, _bytes.Length * 2), Length + length)];
            Written.CopyTo(larger);
            // It may hold a private key.
            Wipe();
            _bytes = larger;
        }

        Length += length;
        return _bytes.AsSpan(Length - length, length);
    }
}

using System.Text;

namespace Libp2p.Peerstore;

/// <summary>The metadata of a peer that is being changed. Used under the gate of a shard.</summary>
internal sealed class MetadataTable
{
    private readonly List<(ReadOnlyMemory<byte> Key, StoredValue Value)> _values = [];

    public int Count => _values.Count;

    /// <summary>Reads the section, whose memory must stay as it is as long as this is used.</summary>
    public void Load(ReadOnlyMemory<byte> body)
    {
        _values.Clear();
        for (var at = 0; at < body.Length;)
        {
            var key = Take(body, ref at);
            var kind = (StoredValueKind)body.Span[at++];
            _values.Add((key, new StoredValue(kind, Take(body, ref at))));
        }
    }

    public bool Contains(ReadOnlySpan<byte> key) => IndexOf(key) >= 0;

    /// <summary>The bytes of all keys and values but one.</summary>
    public long SizeWithout(ReadOnlySpan<byte> key)
    {
        var all = 0L;
        foreach (var (other, value) in _values)
        {
            all += other.Span.SequenceEqual(key) ? 0 : other.Length + value.Bytes.Length;
        }

        return all;
    }

    /// <summary>Sets a value; returns whether that changes anything.</summary>
    public bool Set(ReadOnlyMemory<byte> key, StoredValue value)
    {
        var index = IndexOf(key.Span);
        if (index < 0)
        {
            _values.Add((key, value));
        }
        else if (_values[index].Value.IsSame(value))
        {
            return false;
        }
        else
        {
            _values[index] = (key, value);
        }

        return true;
    }

    public bool Remove(ReadOnlySpan<byte> key)
    {
        var index = IndexOf(key);
        if (index >= 0)
        {
            _values.RemoveAt(index);
        }

        return index >= 0;
    }

    public void Clear() => _values.Clear();

    /// <summary>Writes the section; nothing where there is no value.</summary>
    public void Write(EntryBuffer output)
    {
        if (Count == 0)
        {
            return;
        }

        var length = 0;
        foreach (var (key, value) in _values)
        {
            length += SpaceOf(key) + 1 + SpaceOf(value.Bytes);
        }

        output.PutSection(EntrySection.Metadata, length);
        foreach (var (key, value) in _values)
        {
            output.PutBytes(key.Span);
            output.PutByte((byte)value.Kind);
            output.PutBytes(value.Bytes.Span);
        }
    }

    /// <summary>Finds a value in a section that is known to be well-formed.</summary>
    /// <returns>Whether it is there; the value is a copy.</returns>
    public static bool TryFind(ReadOnlySpan<byte> body, ReadOnlySpan<byte> key, out StoredValue value)
    {
        for (var at = 0; at < body.Length;)
        {
            var isIt = Take(body, ref at).SequenceEqual(key);
            var kind = (StoredValueKind)body[at++];
            var bytes = Take(body, ref at);
            if (isIt)
            {
                value = new StoredValue(kind, bytes.ToArray());
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>The keys of a section, sorted by their characters.</summary>
    public static string[] KeysOf(ReadOnlySpan<byte> body)
    {
        List<string> keys = [];
        for (var at = 0; at < body.Length;)
        {
            keys.Add(Encoding.UTF8.GetString(Take(body, ref at)));
            at++;
            Take(body, ref at);
        }

        keys.Sort(StringComparer.Ordinal);
        return [.. keys];
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> body, ref int at)
    {
        var length = (int)EntryVarint.Read(body, ref at);
        at += length;
        return body.Slice(at - length, length);
    }

    private static ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> body, ref int at)
    {
        var length = (int)EntryVarint.Read(body.Span, ref at);
        at += length;
        return body.Slice(at - length, length);
    }

    private static int SpaceOf(ReadOnlyMemory<byte> bytes) => EntryVarint.LengthOf((uint)bytes.Length) + bytes.Length;

    private int IndexOf(ReadOnlySpan<byte> key)
    {
        for (var i = 0; i < _values.Count; i++)
        {
            if (_values[i].Key.Span.SequenceEqual(key))
            {
                return i;
            }
        }

        return -1;
    }
}

using System.Text;

namespace Libp2p;

/// <summary>One component of a multiaddr: a protocol and its value.</summary>
/// <remarks>
/// A view of the multiaddr's bytes that copies nothing. <c>default</c> is no component; its members throw. Immutable;
/// safe to share between threads.
/// </remarks>
public readonly struct MultiaddrComponent
{
    private readonly byte[] _address;
    private readonly int _start;
    private readonly int _valueStart;
    private readonly int _end;

    internal MultiaddrComponent(byte[] address, MultiaddrProtocol protocol, int start, int valueStart, int end)
    {
        _address = address;
        Protocol = protocol;
        _start = start;
        _valueStart = valueStart;
        _end = end;
    }

    /// <summary>The protocol.</summary>
    public MultiaddrProtocol Protocol { get; }

    /// <summary>The value in bytes, without its length; empty if the protocol takes none.</summary>
    public ReadOnlySpan<byte> Value => _address.AsSpan(_valueStart.._end);

    /// <summary>Where the component begins in the multiaddr's bytes.</summary>
    internal int Start => _start;

    /// <summary>Where the component ends in the multiaddr's bytes.</summary>
    internal int End => _end;

    /// <summary>Returns the value as text, for instance <c>4001</c> or <c>127.0.0.1</c>; empty if the protocol takes none.</summary>
    /// <remarks>Bytes that are not UTF-8 become U+FFFD.</remarks>
    public string GetValueText()
    {
        if (Protocol.Codec is not { } codec)
        {
            return string.Empty;
        }

        using var buffer = new TextBuffer(stackalloc byte[TextBuffer.StackBytes], codec.MaxTextLength(Value.Length));
        return Encoding.UTF8.GetString(buffer.Span[..codec.Format(Value, buffer.Span)]);
    }

    /// <summary>Returns the component as text, for instance <c>/tcp/4001</c>.</summary>
    public override string ToString() => Multiaddr.FromTrusted(_address[_start.._end]).ToString();
}

using System.Runtime.CompilerServices;
using System.Text;

namespace Libp2p;

/// <summary>Writes checked multiaddrs as text.</summary>
internal static class MultiaddrFormatter
{
    private const byte Slash = (byte)'/';

    /// <summary>Makes the text; bytes that are not UTF-8 become U+FFFD.</summary>
    [SkipLocalsInit]
    public static string ToText(MultiaddrComponents components)
    {
        using var buffer = new TextBuffer(stackalloc byte[TextBuffer.StackBytes], MaxLength(components));
        return Encoding.UTF8.GetString(buffer.Span[..Write(components, buffer.Span)]);
    }

    /// <summary>Writes UTF-16, if it fits; bytes that are not UTF-8 become U+FFFD.</summary>
    [SkipLocalsInit]
    public static bool TryWrite(MultiaddrComponents components, Span<char> destination, out int written)
    {
        using var buffer = new TextBuffer(stackalloc byte[TextBuffer.StackBytes], MaxLength(components));
        return Encoding.UTF8.TryGetChars(buffer.Span[..Write(components, buffer.Span)], destination, out written);
    }

    /// <summary>Writes UTF-8, if it fits; bytes that are not UTF-8 stay as they are.</summary>
    [SkipLocalsInit]
    public static bool TryWrite(MultiaddrComponents components, Span<byte> destination, out int written)
    {
        using var buffer = new TextBuffer(stackalloc byte[TextBuffer.StackBytes], MaxLength(components));
        written = Write(components, buffer.Span);
        if (buffer.Span[..written].TryCopyTo(destination))
        {
            return true;
        }

        written = 0;
        return false;
    }

    private static int MaxLength(MultiaddrComponents components)
    {
        var length = 0;
        foreach (var component in components)
        {
            var protocol = component.Protocol;
            length += 2 + protocol.NameUtf8.Length + (protocol.Codec?.MaxTextLength(component.Value.Length) ?? 0);
        }

        return length;
    }

    private static int Write(MultiaddrComponents components, Span<byte> destination)
    {
        var written = 0;
        foreach (var component in components)
        {
            var protocol = component.Protocol;
            destination[written++] = Slash;
            protocol.NameUtf8.CopyTo(destination[written..]);
            written += protocol.NameUtf8.Length;
            if (protocol.Codec is not { } codec)
            {
                continue;
            }

            if (!protocol.IsPath)
            {
                // A path brings its slash.
                destination[written++] = Slash;
            }

            written += codec.Format(component.Value, destination[written..]);
        }

        return written;
    }
}

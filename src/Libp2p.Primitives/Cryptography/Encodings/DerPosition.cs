namespace Libp2p;

/// <summary>Finds out where in DER an element stands, which .NET's reader keeps to itself.</summary>
internal static class DerPosition
{
    /// <summary>An error about an element that was read out of these bytes without copying.</summary>
    public static DecodeError At(string rule, ReadOnlyMemory<byte> der, ReadOnlyMemory<byte> element) =>
        new(rule, der.Span.Overlaps(element.Span, out var offset) ? offset : 0);
}

using System.Diagnostics.CodeAnalysis;

namespace Libp2p.Peerstore;

/// <summary>A metadata value, or the fact that there is none. <c>default</c> is "none".</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly record struct MetadataValue<T>
{
    private readonly T? _value;

    /// <summary>Makes a value that was found.</summary>
    /// <param name="value">The value.</param>
    public MetadataValue(T value)
    {
        _value = value;
        Found = true;
    }

    /// <summary>Whether there is a value.</summary>
    public bool Found { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Value => Found ? _value! : throw new InvalidOperationException("There is no such metadata value.");

    /// <summary>Returns the value as text, or that there is none.</summary>
    public override string ToString() => Found ? $"{_value}" : "none";

    /// <summary>Gets the value, where there is one.</summary>
    /// <param name="value">The value.</param>
    public bool TryGet([MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return Found;
    }
}

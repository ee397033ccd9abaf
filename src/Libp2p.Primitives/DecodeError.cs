namespace Libp2p;

/// <summary>Why a text or a byte sequence is not what it should be: the rule that it breaks, and where.</summary>
/// <param name="Rule">The rule, as a sentence without a full stop, for instance "a port is a number from 0 to 65535".</param>
/// <param name="Position">
/// Where, from the beginning of what was handed in: the index of a character for text, of a byte for bytes. Where a rule
/// speaks of a value as a whole, the value's beginning.
/// </param>
/// <remarks>Costs nothing to make: rules are constants. <c>default</c> stands for "no error". Immutable.</remarks>
public readonly record struct DecodeError(string Rule, int Position)
{
    /// <summary>Returns the rule and the position as one sentence.</summary>
    public override string ToString() => Rule is null ? "no error" : $"{Rule} (at position {Position})";

    /// <summary>The same, seen from farther outside: of something that begins at an offset.</summary>
    internal DecodeError Behind(int offset) => Rule is null ? this : this with { Position = Position + offset };

    /// <summary>The same, told of a whole that begins where a text begins, of which this is about the bytes.</summary>
    internal DecodeError AtStart() => this with { Position = 0 };

    internal FormatException ToException(string what) => new($"This is not {what}: {this}.");
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Libp2p.Peerstore.Testing;

/// <summary>A golden document: what go-libp2p answered, to be replayed here.</summary>
/// <remarks>What it is is told from its content alone. Immutable; safe to share between threads.</remarks>
public sealed class ConformanceDocument
{
    /// <summary>The longest document that is read, in bytes.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private ConformanceDocument(string name, ConformanceDocumentKind kind, JsonElement root)
    {
        Name = name;
        Kind = kind;
        Root = root;
    }

    /// <summary>What it is called in reports, usually its path.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public ConformanceDocumentKind Kind { get; }

    internal JsonElement Root { get; }

    /// <summary>Reads a document.</summary>
    /// <param name="name">What it is to be called in reports.</param>
    /// <param name="utf8Json">Its bytes.</param>
    /// <param name="document">The document; of an unknown kind where the JSON is good but not a golden document.</param>
    /// <param name="problem">What is wrong with it, as a sentence; null for a good one.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public static bool TryParse(
        string name,
        ReadOnlyMemory<byte> utf8Json,
        [NotNullWhen(true)] out ConformanceDocument? document,
        [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(name);
        document = null;
        if (utf8Json.Length > MaxBytes)
        {
            problem = $"it has more than {MaxBytes / (1024 * 1024)} MiB";
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(utf8Json);
            var root = json.RootElement.Clone();
            document = new ConformanceDocument(name, DocumentKinds.Recognise(root), root);
            problem = null;
            return true;
        }
        catch (JsonException exception)
        {
            problem = $"it is not JSON (line {(exception.LineNumber ?? 0) + 1})";
            return false;
        }
    }

    /// <summary>Returns the name and the kind.</summary>
    public override string ToString() => $"{Name} ({Kind})";
}

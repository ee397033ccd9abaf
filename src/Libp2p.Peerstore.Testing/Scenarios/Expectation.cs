namespace Libp2p.Peerstore.Testing;

/// <summary>The answer that a step wants, with what the two models say to it.</summary>
/// <param name="Document">What the document says: go's answer.</param>
/// <param name="Go">What the model of go's store says.</param>
/// <param name="Contract">What the model of the contract says.</param>
/// <param name="Rule">The difference that explains it where these two differ; null where none does.</param>
internal readonly record struct Expectation(string Document, string Go, string Contract, ConformanceRule? Rule)
{
    /// <summary>Whether the document's answer follows from a known difference, so that the contract's is wanted.</summary>
    public bool IsDifference =>
        Rule is not null
        && !string.Equals(Go, Contract, StringComparison.Ordinal)
        && string.Equals(Document, Go, StringComparison.Ordinal);

    public string Wanted => IsDifference ? Contract : Document;

    /// <summary>An answer about which go and the contract agree.</summary>
    public static Expectation Same(string document) => new(document, document, document, Rule: null);
}

using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>What a document is is told from its content.</summary>
public sealed class DocumentTests
{
    [Theory]
    [InlineData("""{"steps":[]}""", ConformanceDocumentKind.Scenario)]
    [InlineData("""{"envelopes":[]}""", ConformanceDocumentKind.Envelopes)]
    [InlineData("""{"keys":[]}""", ConformanceDocumentKind.Keys)]
    [InlineData("""{"signatures":[]}""", ConformanceDocumentKind.Keys)]
    [InlineData("""{"valid":[{"base58":"x"}]}""", ConformanceDocumentKind.PeerIds)]
    [InlineData("""{"validBytes":[{"canonical":"x"}]}""", ConformanceDocumentKind.Multiaddrs)]
    [InlineData("""{"protocols":[]}""", ConformanceDocumentKind.Multiaddrs)]
    [InlineData("""{"steps":7}""", ConformanceDocumentKind.Unknown)]
    [InlineData("{}", ConformanceDocumentKind.Unknown)]
    [InlineData("[]", ConformanceDocumentKind.Unknown)]
    public void The_kind_is_told_from_the_lists(string json, ConformanceDocumentKind kind) =>
        Assert.Equal(kind, VectorFolder.Parse("x", System.Text.Encoding.UTF8.GetBytes(json)).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("not json")]
    [InlineData("{\"steps\":[]} trailing")]
    public void What_is_not_JSON_is_a_problem_and_no_exception(string json)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(json);

        Assert.False(ConformanceDocument.TryParse("x", bytes, out _, out var problem));
        Assert.Contains("not JSON", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_that_is_nested_too_deep_is_a_problem()
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(new string('[', 100_000));

        Assert.False(ConformanceDocument.TryParse("x", bytes, out _, out _));
    }

    [Fact]
    public void A_document_beyond_the_limit_is_not_parsed()
    {
        Assert.False(ConformanceDocument.TryParse(
            "x", new byte[ConformanceDocument.MaxBytes + 1], out _, out var problem));
        Assert.Contains("64 MiB", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_of_an_unknown_kind_is_a_caller_s_mistake()
    {
        var document = VectorFolder.Parse("x", "{}"u8.ToArray());

        await Assert.ThrowsAsync<ArgumentException>(async () => await Scenario.RunAsync(document));
    }
}

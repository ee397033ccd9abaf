using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary><c>docs/contract.md</c>: sentences as quotes, and under each the names of what proves it.</summary>
public class ContractDocumentTests
{
    private static List<(string Sentence, IReadOnlyList<string> Names)> Sentences { get; } = Parse();

    [Fact]
    public void Every_sentence_of_the_contract_has_a_test()
    {
        Assert.True(Sentences.Count > 100);
        Assert.All(Sentences, static entry => Assert.NotEmpty(entry.Names));
    }

    [Fact]
    public void Every_test_that_the_contract_names_exists() =>
        Assert.Empty(Sentences.SelectMany(static entry => entry.Names).Except(TestNames.All, StringComparer.Ordinal));

    [Fact]
    public void Every_check_stands_under_the_sentence_that_it_proves() =>
        Assert.All(PeerstoreContract.Checks, static check => Assert.Contains(
            Sentences,
            entry => string.Equals(entry.Sentence, check.Sentence, StringComparison.Ordinal) && entry.Names.Contains(check.Name)));

    private static List<(string Sentence, IReadOnlyList<string> Names)> Parse()
    {
        var entries = new List<(string Sentence, IReadOnlyList<string> Names)>();
        foreach (var paragraph in Repository.Read("docs/contract.md").Split("\n\n"))
        {
            var lines = paragraph.Trim('\n').Split('\n');
            if (lines[0].StartsWith("> ", StringComparison.Ordinal))
            {
                entries.Add((string.Join(' ', lines.Select(static line => line[2..])), []));
            }
            else if (lines[0].StartsWith("- `", StringComparison.Ordinal))
            {
                Assert.Empty(entries[^1].Names);
                entries[^1] = (entries[^1].Sentence, [.. lines.Select(static line => line[3..^1])]);
            }
        }

        return entries;
    }
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>Small scenarios for tests of the runner itself.</summary>
internal static class Scenario
{
    public const string PeerA = "12D3KooWQNLE3ef33Tc2Nk3QKERKaXCLkfPrp2SjqQGWLDrEkBdw";
    public const string PeerB = "12D3KooWJbZXh1EEaUHs8FLWSVejYJoGqNsZ85ToVgjzafwREpj2";

    /// <summary>A scenario with peers A, B and the empty one.</summary>
    public static ConformanceDocument Of(string steps, string options = "{}", string? quirk = null)
    {
        var mark = quirk is null ? "" : $"\"quirk\":\"{quirk}\",";
        return VectorFolder.Parse("made.json", Encoding.UTF8.GetBytes(
            $$$"""
            {{{{mark}}}"start":"2026-01-01T00:00:00Z","options":{{{options}}},
             "peers":{"A":{"id":"{{{PeerA}}}"},"B":{"id":"{{{PeerB}}}"},"empty":{"id":""}},
             "steps":[{{{steps}}}]}
            """));
    }

    /// <summary>A document of the vectors with something changed, under another name.</summary>
    public static ConformanceDocument Changed(string folder, string name, Action<JsonObject> change)
    {
        var document = VectorFolder.Read(folder, name);
        var json = JsonNode.Parse(document.Root.GetRawText())!.AsObject();
        change(json);
        return VectorFolder.Parse("changed", JsonSerializer.SerializeToUtf8Bytes(json));
    }

    public static async Task<ConformanceReport> RunAsync(ConformanceDocument document) =>
        await ConformanceStores.InMemory.RunAsync(document, TestContext.Current.CancellationToken);
}

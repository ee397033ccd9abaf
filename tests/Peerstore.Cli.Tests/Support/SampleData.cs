using System.Text.Json;

namespace Peerstore.Cli.Tests;

/// <summary>The real input under <c>samples/data</c>.</summary>
internal static class SampleData
{
    public static string Network { get; } = PathOf("js-libp2p-network.jsonl");

    public static string BootNodes { get; } = PathOf("bootnodes.txt");

    /// <summary>The events of one name, in the order of the file.</summary>
    public static IEnumerable<JsonElement> Events(string name) => File.ReadLines(Network)
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Where(line => line.GetProperty("ev").ValueEquals(name));

    public static string[] Texts(this JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "data", name);
}

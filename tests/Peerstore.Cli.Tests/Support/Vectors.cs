using System.Text.Json;

namespace Peerstore.Cli.Tests;

/// <summary>What go-libp2p answers, recorded.</summary>
internal static class Vectors
{
    public static JsonElement Open(string name) => JsonDocument.Parse(File.ReadAllBytes(
        Path.Combine(AppContext.BaseDirectory, "vectors", "values", name))).RootElement;

    public static IReadOnlyList<string> InvalidStrings(string name) =>
        [.. Open(name).GetProperty("invalidStrings").EnumerateArray().Select(item => item.GetProperty("string").GetString()!)];
}

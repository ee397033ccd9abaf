using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>The golden documents beside the tests.</summary>
internal static class VectorFolder
{
    public static IReadOnlyList<ConformanceDocument> Read(string folder)
    {
        var root = Path.Combine(AppContext.BaseDirectory, "vectors");
        return
        [
            .. Directory.EnumerateFiles(Path.Combine(root, folder), "*.json")
                .Order(StringComparer.Ordinal)
                .Select(file => Parse(Path.GetRelativePath(root, file), File.ReadAllBytes(file))),
        ];
    }

    public static ConformanceDocument Read(string folder, string name) =>
        Read(folder).Single(
            document => string.Equals(Path.GetFileNameWithoutExtension(document.Name), name, StringComparison.Ordinal));

    public static ConformanceDocument Parse(string name, byte[] json)
    {
        Assert.True(ConformanceDocument.TryParse(name, json, out var document, out var problem), $"{name}: {problem}");
        return document;
    }
}

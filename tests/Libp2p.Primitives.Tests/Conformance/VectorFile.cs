using System.Text.Json;

namespace Libp2p.Tests;

/// <summary>Reads the golden vectors that are copied beside the tests.</summary>
internal static class VectorFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static T Read<T>(string name)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "vectors", "values", name));
        return JsonSerializer.Deserialize<T>(file, Options) ?? throw new InvalidDataException(name);
    }
}

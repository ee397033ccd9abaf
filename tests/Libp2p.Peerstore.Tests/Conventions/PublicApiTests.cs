using Libp2p.Peerstore.Sqlite;
using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

public class PublicApiTests
{
    /// <summary>Set to 1, this writes the files anew; the difference is then part of the change and of its review.</summary>
    private const string UpdateVariable = "UPDATE_PUBLIC_API";

    public static TheoryData<Type> Assemblies { get; } =
        new(typeof(PeerId), typeof(IPeerstore), typeof(SqlitePeerstore), typeof(ConformanceRunner));

    [Theory, MemberData(nameof(Assemblies))]
    public async Task What_an_assembly_shows_the_world_changes_only_on_purpose(Type anyType)
    {
        var assembly = anyType.Assembly;
        var actual = PublicApi.Describe(assembly);
        var file = Path.Combine(Repository.Root, "eng", "public-api", $"{assembly.GetName().Name}.txt");
        if (Environment.GetEnvironmentVariable(UpdateVariable) is "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, actual, TestContext.Current.CancellationToken);
        }

        var expected = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal(expected.ReplaceLineEndings("\n"), actual);
    }
}

namespace Peerstore.Cli.Tests;

/// <summary>A directory of one test's own.</summary>
public abstract class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("peerstore-cli-");

    protected string Db => PathOf("peers.db");

    public void Dispose()
    {
        _directory.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected string PathOf(string name) => Path.Combine(_directory.FullName, name);

    protected string Write(string name, params IEnumerable<string> lines)
    {
        var path = PathOf(name);
        File.WriteAllLines(path, lines);
        return path;
    }
}

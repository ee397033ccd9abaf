namespace Peerstore.Cli.Commands;

/// <summary>Opens what a command reads.</summary>
internal static class InputFile
{
    /// <summary>Whether a name stands for standard input.</summary>
    /// <param name="path">The name.</param>
    public static bool IsStandardInput(string path) => string.Equals(path, "-", StringComparison.Ordinal);

    /// <summary>Opens a file, or standard input. Without a buffer: who reads in small pieces brings one.</summary>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <param name="host">The process.</param>
    /// <exception cref="CliException">It cannot be read.</exception>
    public static Stream Open(string path, CliHost host) => IsStandardInput(path) ? host.OpenInput() : Open(path);

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CliException">It cannot be read.</exception>
    public static Stream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new CliException($"{path} is a folder, not a file.");
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException($"There is no file {path}.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new CliException($"{path} is not a file that this user may read.");
        }
    }
}

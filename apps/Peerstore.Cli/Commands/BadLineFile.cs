using System.Text;

namespace Peerstore.Cli.Commands;

/// <summary>The file of <c>--errors</c>, which is written at the first bad line at the earliest.</summary>
/// <remarks>
/// A slip must cost nobody a file: one that the ingestion reads or stores in is refused, and so is any other that does
/// not look like one that was written here before. Not thread-safe.
/// </remarks>
internal sealed class BadLineFile : IAsyncDisposable
{
    /// <summary>What stands at the beginning of a file that was written here, as text and as JSON.</summary>
    private static readonly byte[][] Beginnings = ["line "u8.ToArray(), "{\"line\":"u8.ToArray()];

    private readonly string _path;
    private StreamWriter? _writer;

    private BadLineFile(string path) => _path = path;

    /// <summary>Checks the file; it is not touched yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="input">The file that is read, or null for standard input.</param>
    /// <param name="db">The file that is stored in.</param>
    /// <exception cref="CliException">It is not one to write to.</exception>
    public static BadLineFile Check(string path, string? input, string db)
    {
        if (input is not null && FilePath.AreSame(path, input))
        {
            throw new CliException($"--errors {path} is the file to be read: name another one.");
        }

        if (FilePath.BelongsTo(path, db))
        {
            throw new CliException($"--errors {path} belongs to the peerstore {db}: name another file.");
        }

        if (Directory.Exists(path))
        {
            throw new CliException($"--errors {path} is a folder, not a file.");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new CliException($"--errors {path}: there is no folder {folder}.");
        }

        if (HoldsSomethingElse(path))
        {
            throw new CliException($"--errors {path} is there already and holds no bad lines: name another file.");
        }

        return new BadLineFile(path);
    }

    /// <summary>Writes a line.</summary>
    /// <param name="text">The line.</param>
    public void WriteLine(string text)
    {
        _writer ??= new StreamWriter(_path, append: false, new UTF8Encoding(false));
        _writer.WriteLine(text);
    }

    /// <summary>Ends a run: without a bad line in it, those of a former run do not stay behind as if they were its.</summary>
    public async Task CompleteAsync()
    {
        if (_writer is not null)
        {
            await _writer.FlushAsync();
        }
        else if (File.Exists(_path) && new FileInfo(_path).Length > 0)
        {
            await File.WriteAllBytesAsync(_path, [], CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_writer is not null)
        {
            await _writer.DisposeAsync();
        }
    }

    // A device or a pipe has no length, and is not read from.
    private static bool HoldsSomethingElse(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            return false;
        }

        using var file = File.OpenRead(path);
        var beginning = new byte[Beginnings.Max(known => known.Length)];
        var length = file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        return !Beginnings.Any(known => beginning.AsSpan(0, length).StartsWith(known));
    }
}

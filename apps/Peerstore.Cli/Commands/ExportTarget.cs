namespace Peerstore.Cli.Commands;

/// <summary>Where an export is written: standard output, or a new file that goes again if the export fails.</summary>
internal sealed class ExportTarget : IAsyncDisposable
{
    private const int BufferBytes = 65_536;

    private readonly CliHost _host;
    private readonly FileStream? _file;
    private bool _isComplete;

    private ExportTarget(CliHost host, FileStream? file) => (_host, _file) = (host, file);

    /// <summary>The file's name, or null for standard output.</summary>
    public string? File => _file?.Name;

    /// <summary>Makes the file, readable for its user alone: there may be private keys in it.</summary>
    /// <param name="path">The file; <c>-</c> or null for standard output.</param>
    /// <param name="db">The peerstore that is exported.</param>
    /// <param name="host">The process.</param>
    /// <exception cref="CliException">There is a file of that name, or it cannot be made.</exception>
    public static ExportTarget Open(string? path, string db, CliHost host)
    {
        if (path is null or "-")
        {
            return new(host, file: null);
        }

        if (FilePath.BelongsTo(path, db))
        {
            throw new CliException($"{path} belongs to the peerstore {db}: name another file.");
        }

        if (Path.Exists(path))
        {
            throw new CliException($"{path} is there already.");
        }

        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = BufferBytes,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new(host, new FileStream(path, options));
        }
        catch (DirectoryNotFoundException)
        {
            throw new CliException($"{path} cannot be made: there is no such folder.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new CliException($"{path} cannot be made: this user may not write there.");
        }
    }

    /// <summary>For bytes.</summary>
    public Stream OpenStream() => _file ?? _host.OpenOutput();

    /// <summary>For lines, in UTF-8.</summary>
    public TextWriter OpenWriter() => _file is null ? _host.Out : new StreamWriter(_file, bufferSize: BufferBytes, leaveOpen: true);

    /// <summary>All is written, and the file stays.</summary>
    /// <returns>The bytes of the file; null for standard output.</returns>
    public long? Complete()
    {
        _file?.Flush(flushToDisk: true);
        _isComplete = true;
        return _file?.Length;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_file is not null)
        {
            var path = _file.Name;
            await _file.DisposeAsync();
            if (!_isComplete)
            {
                System.IO.File.Delete(path);
            }
        }
    }
}

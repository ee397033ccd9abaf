namespace Libp2p.Peerstore.Sqlite;

/// <summary>A file in the making, under a name that nobody takes for it; it gets its own name whole, or never.</summary>
/// <remarks>
/// The content is on the disk before the name is, and the name before anybody is told. A crash leaves the file as it was,
/// or none, and perhaps <c>NAME.….partial</c> beside it, which means nothing.
/// </remarks>
internal sealed class NewFile : IDisposable
{
    private readonly string _target;
    private bool _isPublished;

    /// <summary>Makes it, empty, for its user alone: it may hold private keys. What stands beside it gets the same mode.</summary>
    public NewFile(string target)
    {
        _target = target;
        Path = $"{target}.{Guid.NewGuid():N}.partial";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(Path, options).Dispose();
    }

    /// <summary>Where it is until then.</summary>
    public string Path { get; }

    /// <summary>Gives it its name.</summary>
    /// <exception cref="IOException">It cannot be done; or there is a file of that name, and it may not be replaced.</exception>
    public void Publish(bool replace)
    {
        Sync();
        File.Move(Path, _target, replace);
        SyncName();
    }

    /// <summary>Gives it its name, and the file that had it another one; at no moment is there none.</summary>
    /// <exception cref="IOException">It cannot be done.</exception>
    public void PublishKeeping(string former)
    {
        Sync();
        File.Replace(Path, _target, former);
        SyncName();
    }

    private void Sync()
    {
        using var file = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    private void SyncName()
    {
        _isPublished = true;
        if (!OperatingSystem.IsWindows())
        {
            // On Windows the file system's own journal keeps the order of names and contents.
            UnixFile.SyncFolderOf(_target);
        }
    }

    /// <summary>Removes what was never published.</summary>
    public void Dispose()
    {
        if (_isPublished)
        {
            return;
        }

        File.Delete(Path);
        File.Delete(Path + "-journal");
    }
}

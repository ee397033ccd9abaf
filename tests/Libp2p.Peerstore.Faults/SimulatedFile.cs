namespace Libp2p.Peerstore.Faults;

/// <summary>A file as the disk has it, and what it was told since.</summary>
internal sealed class SimulatedFile(int sectorSize)
{
    private readonly List<FileChange> _tail = [];
    private readonly FileImage _durable = new();

    public void Change(FileChange change)
    {
        if (change.Kind is not (FileChangeKind.Synced or FileChangeKind.FolderSynced))
        {
            _tail.Add(change);
        }

        if (change.Kind is FileChangeKind.Found or FileChangeKind.Synced or FileChangeKind.DeletedDurably)
        {
            _tail.ForEach(_durable.Apply);
            _tail.Clear();
        }
    }

    /// <summary>That the file was made or removed is durable; what was written to it since is not.</summary>
    public void SettleName()
    {
        var last = _tail.FindLastIndex(static change => change.Kind is FileChangeKind.Created or FileChangeKind.Deleted);
        if (last >= 0)
        {
            _durable.Apply(_tail[last]);
            _tail.RemoveRange(0, last + 1);
        }
    }

    public FileImage AfterPowerLoss(TailFate fate, Random random)
    {
        if (fate is TailFate.Dropped || _tail.Count == 0)
        {
            return _durable;
        }

        var image = _durable.Clone();
        switch (fate)
        {
            case TailFate.Kept:
                _tail.ForEach(image.Apply);
                break;
            case TailFate.Torn:
                var whole = random.Next(_tail.Count + 1);
                _tail.Take(whole).ToList().ForEach(image.Apply);
                _tail.Skip(whole).Take(1).SelectMany(Sectors).TakeWhile(_ => random.Next(4) != 0).ToList().ForEach(image.Apply);
                break;
            default:
                Scatter(image, random);
                break;
        }

        return image;
    }

    private void Scatter(FileImage image, Random random)
    {
        var isNamed = true;
        foreach (var change in _tail.SelectMany(Sectors))
        {
            var isKept = random.Next(2) == 0;
            if (change.Kind is FileChangeKind.Created)
            {
                // What is written to a new file never turns up in the one that had its name before.
                isNamed = isKept;
            }

            if (isKept && (isNamed || change.Kind is FileChangeKind.Deleted))
            {
                image.Apply(change);
            }
        }
    }

    /// <summary>A write as the writes of single sectors that it is to the disk.</summary>
    private IEnumerable<FileChange> Sectors(FileChange change)
    {
        if (change.Kind is not FileChangeKind.Written)
        {
            yield return change;
            yield break;
        }

        var done = 0;
        while (done < change.Content.Length)
        {
            var offset = change.Offset + done;
            var length = (int)Math.Min(change.Content.Length - done, sectorSize - (offset % sectorSize));
            yield return change with { Offset = offset, Content = change.Content.Slice(done, length) };
            done += length;
        }
    }
}

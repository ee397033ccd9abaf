namespace Libp2p.Peerstore;

/// <summary>Counts what becomes of the entries of an export. Used by one thread at a time.</summary>
internal sealed class ImportTally
{
    private readonly List<PeerstoreImportProblem> _problems = [];
    private (long Number, long Position, PeerId Peer) _entry;

    public DateTimeOffset Made { get; set; }

    public long Changed { get; private set; }

    public long Unchanged { get; private set; }

    public long NoRoom { get; private set; }

    public long Damaged { get; private set; }

    public long AddressesAdded { get; private set; }

    public long AddressesRenewed { get; private set; }

    public long AddressesEnded { get; set; }

    public long AddressesLeftOut { get; set; }

    public long AddressesShortened { get; set; }

    public long RecordsAccepted { get; private set; }

    public long RecordsStale { get; private set; }

    public long RecordsRefused { get; set; }

    public long OthersRefused { get; set; }

    public long PrivateKeys { get; set; }

    public long PrivateKeysLeftOut { get; set; }

    /// <summary>From now on it is about the next entry.</summary>
    public void Begin(long number, long position) => _entry = (number, position, default);

    /// <summary>Whose entry it is.</summary>
    public void Name(in PeerId peer) => _entry.Peer = peer;

    /// <summary>Counts an entry that cannot be read.</summary>
    public void CountDamaged(string reason)
    {
        Damaged++;
        Note(reason);
    }

    /// <summary>Notes what was refused of the entry.</summary>
    public void Note(string reason)
    {
        if (_problems.Count < PeerstoreImportReport.MaxProblems)
        {
            _problems.Add(new(_entry.Number, _entry.Position, _entry.Peer, reason));
        }
    }

    /// <summary>Notes it if it is so.</summary>
    public void Note(bool isSo, string reason)
    {
        if (isSo)
        {
            Note(reason);
        }
    }

    public void Count(in ImportOutcome outcome)
    {
        if (!outcome.HasRoom)
        {
            NoRoom++;
            return;
        }

        Changed += outcome.IsChanged ? 1 : 0;
        Unchanged += outcome.IsChanged ? 0 : 1;
        var changes = outcome.Addresses.ToChanges();
        AddressesAdded += changes.Added;
        AddressesRenewed += changes.Renewed;
        AddressesLeftOut += changes.NoRoom + outcome.LeftOut;
        CountRecord(outcome.Record);
        CountRefusedValues(outcome.TooManyValues, outcome.TooLargeValues, nameof(PeerstoreOptions.MaxMetadataBytesPerPeer));
        OthersRefused += outcome.ProtocolsRefused ? 1 : 0;
        Note(outcome.ProtocolsRefused, "the protocols are too many, with those that are known");
        PeerstoreMeter.CountRefused(nameof(PeerstoreOptions.MaxProtocolsPerPeer), outcome.TooManyProtocols ? 1 : 0);
    }

    /// <summary>Counts metadata values that a limit is against.</summary>
    public void CountRefusedValues(int tooMany, int tooLarge, string sizeLimit)
    {
        OthersRefused += tooMany + tooLarge;
        Note(tooMany + tooLarge > 0, $"{tooMany + tooLarge} metadata values are too many or too large");
        PeerstoreMeter.CountRefused(nameof(PeerstoreOptions.MaxMetadataKeysPerPeer), tooMany);
        PeerstoreMeter.CountRefused(sizeLimit, tooLarge);
    }

    public PeerstoreImportReport ToReport(long entries) => new()
    {
        Made = Made,
        Entries = entries,
        Changed = Changed,
        Unchanged = Unchanged,
        NoRoom = NoRoom,
        Damaged = Damaged,
        AddressesAdded = AddressesAdded,
        AddressesRenewed = AddressesRenewed,
        AddressesEnded = AddressesEnded,
        AddressesLeftOut = AddressesLeftOut,
        AddressesShortened = AddressesShortened,
        RecordsAccepted = RecordsAccepted,
        RecordsStale = RecordsStale,
        RecordsRefused = RecordsRefused,
        OthersRefused = OthersRefused,
        PrivateKeys = PrivateKeys,
        PrivateKeysLeftOut = PrivateKeysLeftOut,
        Problems = [.. _problems],
    };

    private void CountRecord(RecordOutcome outcome)
    {
        RecordsAccepted += outcome == RecordOutcome.Accepted ? 1 : 0;
        RecordsStale += outcome == RecordOutcome.Stale ? 1 : 0;
        RecordsRefused += outcome is RecordOutcome.NoRoom or RecordOutcome.FromTheFuture ? 1 : 0;
        if (outcome == RecordOutcome.FromTheFuture)
        {
            PeerstoreMeter.CountRefused(nameof(PeerstoreOptions.MaxSequenceAhead));
            Note("the signed record is refused: its sequence number is a time in the future");
        }
    }
}

using Libp2p.Peerstore;
using Libp2p.Peerstore.Faults;
using Libp2p.Peerstore.Sqlite;
using Libp2p.Peerstore.Testing;

namespace Peerstore.CrashHarness;

/// <summary>One run of a store through which a fault goes: opened, used, closed, and looked at. Used once.</summary>
/// <remarks>
/// Of a fault that lasts, half of the runs see the end while the store is open, and go on with it; half close it before.
/// In each, what was acknowledged is looked for in the files as they are after a power loss at the end of the fault.
/// </remarks>
internal sealed class FaultyRun(string folder, Durability durability, int seed, int operations)
{
    private const int FlushEvery = 3;

    private readonly StateHistory _history = new();
    private readonly BookWorkload _workload = new(seed);
    private readonly List<string> _wrongs = [];

    /// <summary>What is not as it has to be.</summary>
    public IReadOnlyList<string> Wrongs => _wrongs;

    /// <summary>How many calls were told of the fault, the opening and the closing included.</summary>
    public int Told { get; private set; }

    /// <summary>Whether the fault hit something.</summary>
    public bool IsHit { get; private set; }

    /// <summary>Whether the file is made in the run, and not there with something in it. Default no.</summary>
    public bool StartsNew { get; init; }

    private string FilePath => Path.Combine(folder, "peers.db");

    /// <summary>Runs it.</summary>
    /// <param name="vfs">The file system.</param>
    /// <param name="fault">What goes wrong; nothing where it is null.</param>
    /// <param name="healsWhileOpen">Whether a fault that lasts ends while the store is open.</param>
    public async Task RunAsync(FaultyVfs vfs, Fault? fault, bool healsWhileOpen)
    {
        if (!StartsNew)
        {
            await using var former = await OpenAsync(vfs);
            await UseAsync(former, vfs, operations);
            await RecoverAsync(former, vfs);
        }

        if (fault is not null)
        {
            vfs.Plan.Add(fault);
        }

        var store = await OpenAsync(vfs);
        await UseAsync(store, vfs, operations);
        if (healsWhileOpen)
        {
            await LookAtPowerLossAsync(vfs);
            Heal(vfs);

            // No restart: what could not be written is, and what comes now is as well.
            await RecoverAsync(store, vfs);
            await UseAsync(store, vfs, operations / 2);
        }

        await CloseAsync(store, vfs, mayFail: !healsWhileOpen);
        if (!healsWhileOpen)
        {
            await LookAtPowerLossAsync(vfs);
        }

        Heal(vfs);
        if (await FileLook.JudgeAsync(FilePath, _history, vfs.Log.Count) is { } wrong)
        {
            _wrongs.Add($"at the end: {wrong}");
        }
    }

    private void Heal(FaultyVfs vfs)
    {
        IsHit |= vfs.Plan.Hits > 0;
        vfs.Plan.Heal();
    }

    /// <summary>Opens the store: where that fails, there is one reason, and it works once the fault is over.</summary>
    private async Task<SqlitePeerstore> OpenAsync(FaultyVfs vfs)
    {
        var options = BookWorkload.Options with { Durability = durability, FileSystem = vfs.Name };
        SqlitePeerstore store;
        try
        {
            store = await SqlitePeerstore.OpenAsync(FilePath, options, new ManualTimeProvider());
        }
        catch (PeerstoreException e)
        {
            IsTold(e, PeerstoreError.CannotOpen);
            Heal(vfs);
            store = await SqlitePeerstore.OpenAsync(FilePath, options, new ManualTimeProvider());
        }

        if (store.SalvagedAtOpening is { } salvage)
        {
            _wrongs.Add($"a fault was taken for damage: {salvage.Reason}");
        }

        return store;
    }

    private async Task UseAsync(SqlitePeerstore store, FaultyVfs vfs, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            await AttemptAsync(() => _workload.DoAsync(store), store, vfs);
            if (durability is Durability.Behind && i % FlushEvery == 0)
            {
                await AttemptAsync(() => store.FlushAsync(), store, vfs, isFlush: true);
            }
        }
    }

    private async ValueTask AttemptAsync(Func<ValueTask> call, SqlitePeerstore store, FaultyVfs vfs, bool isFlush = false)
    {
        try
        {
            await call();

            // Questions are answered from memory, whatever the disk does.
            await _history.NoteAsync(store);
            if (isFlush || durability is Durability.OnAcknowledge || _workload.Changed is null)
            {
                _history.IsDurable(vfs.Log.Count, isFlush ? null : _workload.Changed);
            }
        }
        catch (PeerstoreException e)
        {
            IsTold(e, PeerstoreError.CannotWrite);
            await _history.NoteAsync(store);
        }
    }

    private async Task RecoverAsync(SqlitePeerstore store, FaultyVfs vfs)
    {
        try
        {
            await store.FlushAsync();
            await _history.NoteAsync(store);
            _history.IsDurable(vfs.Log.Count);
            if (store.WriteFailure is not null || store.DirtyPeers > 0)
            {
                _wrongs.Add($"{store.DirtyPeers} peers are not written, although a flush completed: {store.WriteFailure?.Message}");
            }
        }
        catch (PeerstoreException e)
        {
            _wrongs.Add($"no recovery when the fault was over: {e.Message}");
        }
    }

    private async Task CloseAsync(SqlitePeerstore store, FaultyVfs vfs, bool mayFail)
    {
        try
        {
            await store.DisposeAsync();
            _history.IsDurable(vfs.Log.Count);
        }
        catch (PeerstoreException e) when (mayFail)
        {
            IsTold(e, PeerstoreError.CannotWrite);
        }
    }

    private async Task LookAtPowerLossAsync(FaultyVfs vfs)
    {
        var after = Directory.CreateDirectory(Path.Combine(folder, "after")).FullName;
        new PowerLoss(vfs.Log.Snapshot()).AdvanceToEnd().WriteTo(after, TailFate.Dropped);
        if (await FileLook.JudgeAsync(Path.Combine(after, "peers.db"), _history, vfs.Log.Count) is { } wrong)
        {
            _wrongs.Add($"after a power loss: {wrong}");
        }
    }

    private void IsTold(PeerstoreException told, PeerstoreError expected)
    {
        Told++;
        if (told.Error != expected || told.Message.Length == 0)
        {
            _wrongs.Add($"told as {told.Error}, not {expected}: {told.Message}");
        }
    }
}

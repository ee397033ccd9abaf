namespace Libp2p.Peerstore.Faults;

/// <summary>What is to go wrong, and what was called so far.</summary>
/// <remarks>Thread-safe. A fault may be added and healed while the database is in use.</remarks>
public sealed class FaultPlan
{
    // Guards: _pending, _calls, _hits.
    // Never under the gate: the delay, I/O.
    private readonly Lock _gate = new();
    private readonly List<Pending> _pending = [];
    private long _calls;
    private long _hits;

    internal FaultPlan()
    {
    }

    /// <summary>How many calls there were of all kinds that can fail.</summary>
    public long Calls => Read(in _calls);

    /// <summary>How many of them met a fault.</summary>
    public long Hits => Read(in _hits);

    /// <summary>From now on, this goes wrong too. Of several faults that hit the same call, the first one added counts.</summary>
    public void Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_gate)
        {
            _pending.Add(new(fault));
        }
    }

    /// <summary>Nothing goes wrong any longer.</summary>
    public void Heal()
    {
        lock (_gate)
        {
            _pending.Clear();
        }
    }

    /// <summary>Counts a call, and says what becomes of it, after the delay there may be.</summary>
    internal Verdict Meet(FileCalls call, FileRoles file)
    {
        var fault = Count(call, file);
        if (fault is null)
        {
            return default;
        }

        fault.Gate?.WaitOne();
        Thread.Sleep(fault.Delay);
        return new(fault.Result ?? SqliteCode.Natural(call), fault.TornAfter);
    }

    private Fault? Count(FileCalls call, FileRoles file)
    {
        lock (_gate)
        {
            _calls++;
            Fault? hit = null;
            foreach (var pending in _pending)
            {
                if (pending.Fault.Concerns(call, file) && pending.IsHit())
                {
                    hit ??= pending.Fault;
                }
            }

            _hits += hit is null ? 0 : 1;
            return hit;
        }
    }

    private long Read(in long counter)
    {
        lock (_gate)
        {
            return counter;
        }
    }

    private sealed class Pending(Fault fault)
    {
        private long _seen;

        public Fault Fault => fault;

        public bool IsHit() => ++_seen == fault.Nth || (fault.UntilHealed && _seen > fault.Nth);
    }
}

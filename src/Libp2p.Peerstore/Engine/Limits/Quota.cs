namespace Libp2p.Peerstore;

/// <summary>A number of places that all shards share. Thread-safe; never more than the maximum are taken.</summary>
internal sealed class Quota
{
    private readonly int _maximum;
    private int _most;
    private int _taken;

    public Quota(int maximum) => _most = _maximum = maximum;

    public int Taken => Volatile.Read(ref _taken);

    /// <summary>How many places are free; less than zero where a file held more than the limit is today.</summary>
    public int Free => Volatile.Read(ref _most) - Taken;

    /// <summary>Takes several places, or none.</summary>
    public bool TryTake(int places = 1)
    {
        var taken = Taken;
        while (places <= Volatile.Read(ref _most) - taken)
        {
            var seen = Interlocked.CompareExchange(ref _taken, taken + places, taken);
            if (seen == taken)
            {
                return true;
            }

            taken = seen;
        }

        return false;
    }

    /// <summary>Takes a place even beyond the maximum: what a file holds is loaded whole, whatever the limit is today.</summary>
    public void TakeAnyway(int places) => Interlocked.Add(ref _taken, places);

    /// <summary>Lowers the maximum for a time; never beyond what it was at first.</summary>
    public void Limit(int most) => Volatile.Write(ref _most, Math.Min(most, _maximum));

    public void Return(int places)
    {
        // Most changes give nothing back, and the line of the counter is another core's.
        if (places != 0)
        {
            Interlocked.Add(ref _taken, -places);
        }
    }
}

namespace Libp2p.Peerstore;

/// <summary>A number of places that all shards share. Thread-safe; never more than the maximum are taken.</summary>
internal sealed class Quota(int maximum)
{
    private int _taken;

    public int Taken => Volatile.Read(ref _taken);

    public int Free => Math.Max(0, maximum - Taken);

    public bool HasRoomFor(int places) => Free >= places;

    public bool TryTake()
    {
        var taken = Taken;
        while (taken < maximum)
        {
            var seen = Interlocked.CompareExchange(ref _taken, taken + 1, taken);
            if (seen == taken)
            {
                return true;
            }

            taken = seen;
        }

        return false;
    }

    /// <summary>Takes a place even beyond the maximum: what a file holds is loaded whole, whatever the limit is today.</summary>
    public void TakeAnyway() => Interlocked.Increment(ref _taken);

    public void Return(int places) => Interlocked.Add(ref _taken, -places);
}

namespace Libp2p.Peerstore.Faults;

/// <summary>What becomes of the changes that were not synced when the power went.</summary>
public enum TailFate
{
    /// <summary>They are all there: the process died, not the machine.</summary>
    Kept,

    /// <summary>None is there.</summary>
    Dropped,

    /// <summary>Of each file, some first ones are there, the last of these in part; which, a seed says.</summary>
    Torn,

    /// <summary>Each sector of each write is there or not, as if the disk had written in an order of its own; which, a seed says.</summary>
    Scattered,
}

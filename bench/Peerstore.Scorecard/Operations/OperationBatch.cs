using Libp2p;

namespace Peerstore.Scorecard.Operations;

/// <summary>The peers of one timed stretch, in the order in which they are asked for.</summary>
/// <param name="size">How many.</param>
internal sealed class OperationBatch(int size)
{
    /// <summary>The peers' numbers.</summary>
    public int[] Numbers { get; } = new int[size];

    /// <summary>The peers' IDs.</summary>
    public PeerId[] Ids { get; } = new PeerId[size];

    /// <summary>Addresses just read, for operations that hand some over; else nothing.</summary>
    public Multiaddr[][] Addresses { get; } = new Multiaddr[size][];

    /// <summary>Protocols just read, for operations that hand some over; else nothing.</summary>
    public string[][] Protocols { get; } = new string[size][];

    /// <summary>How many peers there are in it.</summary>
    public int Count => Numbers.Length;
}

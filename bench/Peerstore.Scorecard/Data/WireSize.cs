namespace Peerstore.Scorecard.Data;

/// <summary>How large the peers are as they are received.</summary>
internal static class WireSize
{
    private const int MaxSample = 10_000;

    /// <summary>The bytes of a peer's ID and addresses, on average: what no store can do without.</summary>
    /// <param name="data">The peers.</param>
    /// <param name="peers">How many there are.</param>
    public static double BytesPerPeer(WireData data, int peers)
    {
        var sample = Math.Min(peers, MaxSample);
        var bytes = 0L;
        for (var i = 0; i < sample; i++)
        {
            bytes += data.Id(i).Length;
            foreach (var address in data.Addresses(i))
            {
                bytes += address.Bytes.Length;
            }
        }

        return (double)bytes / sample;
    }
}

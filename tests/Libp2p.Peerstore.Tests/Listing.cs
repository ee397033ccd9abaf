namespace Libp2p.Peerstore.Tests;

internal static class Listing
{
    public static async Task<HashSet<PeerId>> ToSetAsync(this IAsyncEnumerable<PeerId> peers)
    {
        var set = new HashSet<PeerId>();
        await foreach (var peer in peers)
        {
            Assert.True(set.Add(peer), $"{peer} is listed twice");
        }

        return set;
    }
}

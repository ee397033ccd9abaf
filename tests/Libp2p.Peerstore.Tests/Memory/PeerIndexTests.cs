namespace Libp2p.Peerstore.Tests;

public class PeerIndexTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(8)]
    public void Chunks_by_the_beginning_of_the_hash_list_every_peer_once(int bits)
    {
        var index = new PeerIndex(new());
        for (uint handle = 0; handle < 10_000; handle++)
        {
            // Hashes at both ends of the table, where the last ones wrap around to its beginning.
            index.Add(handle % 3 == 0 ? uint.MaxValue - handle : handle * 429_497u, handle);
        }

        List<uint> listed = [];
        for (uint chunk = 0; chunk < 1u << bits; chunk++)
        {
            index.List(chunk, bits, listed);
        }

        Assert.Equal(Enumerable.Range(0, 10_000).Select(static handle => (uint)handle), listed.Order());
    }

    [Fact]
    public void Removing_shrinks_the_table_and_leaves_the_others_to_be_found()
    {
        var (index, hashes) = (new PeerIndex(new()), new Dictionary<uint, uint>());
        var random = new Random(7);
        for (uint handle = 0; handle < 5_000; handle++)
        {
            hashes[handle] = (uint)random.NextInt64(1 << 12) << 20;
            index.Add(hashes[handle], handle);
        }

        foreach (var handle in hashes.Keys.Where(static handle => handle % 50 != 0).ToArray())
        {
            index.RemoveAt(SlotOf(index, hashes[handle], handle));
            hashes.Remove(handle);
        }

        Assert.Equal(hashes.Count, index.Count);
        foreach (var (handle, hash) in hashes)
        {
            index.Move(hash, handle, handle + 10_000);
            Assert.Equal(handle + 10_000, index.HandleAt(SlotOf(index, hash, handle + 10_000)));
        }
    }

    [Fact]
    public void A_table_is_a_quarter_full_at_least_when_most_peers_have_gone()
    {
        var (index, random) = (new PeerIndex(new()), new Random(3));
        for (uint handle = 0; handle < 4_300; handle++)
        {
            index.Add((uint)random.NextInt64(1L << 32), handle);
        }

        Assert.Equal(8_192, index.Capacity);
        while (index.Count > 390)
        {
            index.RemoveAt(FirstTaken(index));
            Assert.True(index.Capacity <= 4 * index.Count, $"{index.Count} peers in {index.Capacity} slots");
        }

        Assert.Equal(1_024, index.Capacity);
    }

    // The handle of an empty slot is that of none.
    private static int FirstTaken(PeerIndex index) =>
        Enumerable.Range(0, index.Capacity).First(slot => index.HandleAt(slot) != uint.MaxValue);

    private static int SlotOf(PeerIndex index, uint hash, uint handle)
    {
        for (var slot = 0; slot < 1 << 14; slot++)
        {
            if (index.HashAt(slot) == hash && index.HandleAt(slot) == handle)
            {
                return slot;
            }
        }

        throw new InvalidOperationException($"Handle {handle} is not in the index.");
    }
}

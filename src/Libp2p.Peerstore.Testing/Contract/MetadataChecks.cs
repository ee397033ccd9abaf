using static Libp2p.Peerstore.Testing.Given;

namespace Libp2p.Peerstore.Testing;

/// <summary>Named values of any type.</summary>
internal static class MetadataChecks
{
    private const string Registry = "Get / Put is a simple registry for other peer-related key/value pairs.";

    private const string Enlisting =
        "Dynamic type introspection may not be supported, in which case explicitly enlisting types in the serializer may be required.";

    public static CheckList All { get; } = new()
    {
        { "PeerMetadata can handle values of any type.", Metadata_comes_back_as_the_type_it_went_in },
        { Enlisting, Types_that_are_enlisted_are_stored_and_others_are_an_error },
        { Registry, A_value_takes_the_place_of_the_former_of_its_name },
        { Registry, Values_are_told_apart_by_peer_and_name },
        { "var ErrNotFound = errors.New(\"item not found\")", A_missing_value_is_an_error_that_names_peer_and_key },
        { "The value there is of another type.", A_value_of_another_type_is_an_error },
        { "Removes a value.", A_value_is_removed_by_its_name },
        { "RemovePeer removes all values stored for a peer.", Removing_all_values_leaves_the_other_books_and_peers },
        { "or the key is not well-formed UTF-16", A_name_that_is_no_text_is_an_error },
    };

    private static async Task Metadata_comes_back_as_the_type_it_went_in(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        await KeepsAsync(s, "kubo/0.30.0/ ä 😀");
        await KeepsAsync(s, "");
        await KeepsAsync(s, int.MinValue);
        await KeepsAsync(s, long.MaxValue);
        await KeepsAsync(s, ulong.MaxValue);
        await KeepsAsync(s, 0.1);
        await KeepsAsync(s, value: true);
        await KeepsAsync(s, new Guid("00112233-4455-6677-8899-aabbccddeeff"));
        await KeepsAsync(s, TimeSpan.MinValue);
        await KeepsAsync(s, DateTimeOffset.UnixEpoch.ToOffset(TimeSpan.FromHours(2)));
        var peer = Peer();
        await s.Metadata.SetAsync(peer, "raw", new byte[] { 0, 255, 3 });
        await s.Metadata.SetAsync(peer, "list", (string[])["b", "a"]);
        Expect.Bytes(new byte[] { 0, 255, 3 }, await s.Metadata.GetAsync<byte[]>(peer, "raw"));
        Expect.List(["b", "a"], await s.Metadata.GetAsync<string[]>(peer, "list"));
    }

    private static async Task KeepsAsync<T>(StoreUnderTest s, T value)
    {
        var peer = Peer();
        Expect.Equal(MetadataOutcome.Stored, await s.Metadata.SetAsync(peer, "k", value));
        Expect.Equal(value, await s.Metadata.GetAsync<T>(peer, "k"));
        var found = await s.Metadata.TryGetAsync<T>(peer, "k");
        Expect.That(found.Found, $"{value}", "nothing");
        Expect.Equal(value, found.Value);
    }

    private static async Task Types_that_are_enlisted_are_stored_and_others_are_an_error(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MetadataTypes = ContractValues.Default });
        await KeepsAsync(s, new ContractValue("x", 7));
        await KeepsAsync(s, "text");
        await using var without = await bench.OpenAsync();
        var (peer, value) = (Peer(), new ContractValue("x", 7));
        await Expect.ThrowsAsync<NotSupportedException>(async () => await without.Metadata.SetAsync(peer, "k", value));
        Expect.None(await without.PeersAsync());
    }

    private static async Task A_value_takes_the_place_of_the_former_of_its_name(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.Metadata.SetAsync(peer, MetadataKeys.AgentVersion, "kubo/0.30.0/");
        await s.Metadata.SetAsync(peer, MetadataKeys.AgentVersion, 31);
        Expect.Equal(31, await s.Metadata.GetAsync<int>(peer, MetadataKeys.AgentVersion));
        Expect.List([MetadataKeys.AgentVersion], await s.Metadata.GetKeysAsync(peer));
    }

    private static async Task Values_are_told_apart_by_peer_and_name(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var (peer, other) = (Peer(), Peer());
        await s.Metadata.SetAsync(peer, "k", 1);
        await s.Metadata.SetAsync(peer, "K", 2);
        await s.Metadata.SetAsync(peer, "", 3);
        await s.Metadata.SetAsync(other, "k", 4);
        Expect.List(["", "K", "k"], await s.Metadata.GetKeysAsync(peer));
        Expect.Equal(1, await s.Metadata.GetAsync<int>(peer, "k"));
        Expect.Equal(2, await s.Metadata.GetAsync<int>(peer, "K"));
        Expect.Equal(3, await s.Metadata.GetAsync<int>(peer, ""));
        Expect.Equal(4, await s.Metadata.GetAsync<int>(other, "k"));
        Expect.None(await s.Metadata.GetKeysAsync(Peer()));
    }

    private static async Task A_missing_value_is_an_error_that_names_peer_and_key(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        var missing = await Expect.ThrowsAsync<MetadataNotFoundException>(
            async () => await s.Metadata.GetAsync<string>(peer, "k"));
        Expect.Equal(peer, missing.Peer);
        Expect.Equal("k", missing.Key);
        Expect.That(!(await s.Metadata.TryGetAsync<string>(peer, "k")).Found, "no value", "one");
        Expect.None(await s.PeersAsync());
    }

    private static async Task A_value_of_another_type_is_an_error(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.Metadata.SetAsync(peer, "k", "text");
        var get = await Expect.ThrowsAsync<PeerstoreException>(async () => await s.Metadata.GetAsync<int>(peer, "k"));
        Expect.Equal(PeerstoreError.MetadataType, get.Error);
        await Expect.ThrowsAsync<PeerstoreException>(async () => await s.Metadata.TryGetAsync<byte[]>(peer, "k"));
        Expect.Equal("text", await s.Metadata.GetAsync<string>(peer, "k"));
    }

    private static async Task A_value_is_removed_by_its_name(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.Metadata.SetAsync(peer, "k", 1);
        await s.Metadata.SetAsync(peer, "l", 2);
        await s.Metadata.RemoveAsync(peer, "k");
        await s.Metadata.RemoveAsync(peer, "unknown");
        Expect.List(["l"], await s.Metadata.GetKeysAsync(peer));
        await s.Metadata.RemoveAsync(peer, "l");
        Expect.None(await s.PeersAsync());
    }

    private static async Task Removing_all_values_leaves_the_other_books_and_peers(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var (peer, other) = (Peer(), Peer());
        await s.Metadata.SetAsync(peer, "k", 1);
        await s.Metadata.SetAsync(other, "k", 1);
        await s.AddAsync(peer, Hour, Tcp);
        await s.Metadata.RemovePeerAsync(peer);
        await s.Metadata.RemovePeerAsync(Peer());
        Expect.None(await s.Metadata.GetKeysAsync(peer));
        Expect.List(["k"], await s.Metadata.GetKeysAsync(other));
        Expect.Set([peer, other], await s.PeersAsync());
    }

    private static async Task A_name_that_is_no_text_is_an_error(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await Expect.ThrowsAsync<ArgumentException>(async () => await s.Metadata.SetAsync(peer, "\udc00", 1));
        await Expect.ThrowsAsync<ArgumentNullException>(async () => await s.Metadata.SetAsync(peer, null!, 1));
        Expect.None(await s.PeersAsync());
    }
}

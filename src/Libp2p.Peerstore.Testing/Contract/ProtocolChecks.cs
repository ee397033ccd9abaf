using static Libp2p.Peerstore.Testing.Given;

namespace Libp2p.Peerstore.Testing;

/// <summary>The protocols of peers.</summary>
internal static class ProtocolChecks
{
    private const string Supported =
        "SupportsProtocols returns the set of protocols the peer supports from among the given protocols.";

    public static CheckList All { get; } = new()
    {
        { "ProtoBook tracks the protocols supported by peers.", Protocols_are_told_apart_by_peer_and_by_every_character },
        { "GetProtocols(peer.ID) ([]protocol.ID, error)", Protocols_are_answered_sorted_each_once },
        { "AddProtocols(peer.ID, ...protocol.ID) error", Adding_protocols_keeps_the_former },
        { "SetProtocols(peer.ID, ...protocol.ID) error", Setting_protocols_replaces_the_former },
        { "RemoveProtocols(peer.ID, ...protocol.ID) error", Removing_protocols_leaves_the_others },
        { Supported, Supported_protocols_come_in_the_order_asked },
        {
            "FirstSupportedProtocol returns the first protocol that the peer supports among the given protocols.",
            The_first_supported_protocol_is_the_first_of_those_asked
        },
        {
            "If the peer does not support any of the given protocols, this function will return an empty protocol.ID and a nil error.",
            A_peer_that_supports_none_has_no_first
        },
        { "RemovePeer removes all protocols associated with a peer.", Removing_all_protocols_leaves_the_other_books_and_peers },
        { "or a protocol ID is not well-formed UTF-16", A_protocol_id_that_is_no_text_is_an_error },
    };

    private static async Task Protocols_are_told_apart_by_peer_and_by_every_character(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var (peer, other) = (Peer(), Peer());
        await s.Protocols.SetAsync(peer, ["/a", "/A", "", "/ä", "/a\u0308"]);
        await s.Protocols.SetAsync(other, ["/b"]);
        Expect.List(["", "/A", "/a", "/a\u0308", "/ä"], await s.Protocols.GetAsync(peer));
        Expect.List(["/b"], await s.Protocols.GetAsync(other));
        Expect.None(await s.Protocols.GetSupportedAsync(other, ["/B", "/a"]));
    }

    private static async Task Protocols_are_answered_sorted_each_once(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        Expect.None(await s.Protocols.GetAsync(peer));
        Expect.None(await s.Protocols.GetAsync(default));
        Expect.Equal(ProtocolOutcome.Stored, await s.Protocols.AddAsync(peer, ["/c", "/a", "/c", "/b"]));
        var before = await s.Protocols.GetAsync(peer);
        await s.Protocols.RemovePeerAsync(peer);
        Expect.List(["/a", "/b", "/c"], before);
    }

    private static async Task Adding_protocols_keeps_the_former(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.Protocols.AddAsync(peer, ["/a"]);
        Expect.Equal(ProtocolOutcome.Stored, await s.Protocols.AddAsync(peer, ["/b", "/a"]));
        Expect.Equal(ProtocolOutcome.Stored, await s.Protocols.AddAsync(peer, []));
        Expect.List(["/a", "/b"], await s.Protocols.GetAsync(peer));
    }

    private static async Task Setting_protocols_replaces_the_former(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.Protocols.SetAsync(peer, ["/a", "/b"]);
        Expect.Equal(ProtocolOutcome.Stored, await s.Protocols.SetAsync(peer, ["/b", "/c"]));
        Expect.List(["/b", "/c"], await s.Protocols.GetAsync(peer));
        await s.Protocols.SetAsync(peer, []);
        Expect.None(await s.PeersAsync());
    }

    private static async Task Removing_protocols_leaves_the_others(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.Protocols.SetAsync(peer, ["/a", "/b"]);
        await s.Protocols.RemoveAsync(peer, ["/b", "/unknown"]);
        await s.Protocols.RemoveAsync(Peer(), ["/a"]);
        Expect.List(["/a"], await s.Protocols.GetAsync(peer));
    }

    private static async Task Supported_protocols_come_in_the_order_asked(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.Protocols.SetAsync(peer, ["/a", "/b", "/c"]);
        Expect.List(["/c", "/a", "/c"], await s.Protocols.GetSupportedAsync(peer, ["/c", "/x", "/a", "/c"]));
        Expect.None(await s.Protocols.GetSupportedAsync(peer, []));
        Expect.None(await s.Protocols.GetSupportedAsync(Peer(), ["/a"]));
    }

    private static async Task The_first_supported_protocol_is_the_first_of_those_asked(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.Protocols.SetAsync(peer, ["/a", "/c"]);
        Expect.Equal("/c", await s.Protocols.GetFirstSupportedAsync(peer, ["/b", "/c", "/a"]));
    }

    private static async Task A_peer_that_supports_none_has_no_first(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.Protocols.SetAsync(peer, ["/a"]);
        Expect.Equal(null, await s.Protocols.GetFirstSupportedAsync(peer, ["/b", ""]));
        Expect.Equal(null, await s.Protocols.GetFirstSupportedAsync(peer, []));
        Expect.Equal(null, await s.Protocols.GetFirstSupportedAsync(Peer(), ["/a"]));
    }

    private static async Task Removing_all_protocols_leaves_the_other_books_and_peers(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var (peer, other) = (Peer(), Peer());
        await s.Protocols.SetAsync(peer, ["/a"]);
        await s.Protocols.SetAsync(other, ["/a"]);
        await s.AddAsync(peer, Hour, Tcp);
        await s.Protocols.RemovePeerAsync(peer);
        await s.Protocols.RemovePeerAsync(Peer());
        Expect.None(await s.Protocols.GetAsync(peer));
        Expect.List(["/a"], await s.Protocols.GetAsync(other));
        Expect.Set([peer, other], await s.PeersAsync());
    }

    private static async Task A_protocol_id_that_is_no_text_is_an_error(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await Expect.ThrowsAsync<ArgumentException>(async () => await s.Protocols.SetAsync(peer, ["/a", "/\ud800"]));
        await Expect.ThrowsAsync<ArgumentException>(async () => await s.Protocols.AddAsync(peer, ["/\udc00"]));
        Expect.None(await s.PeersAsync());
    }
}

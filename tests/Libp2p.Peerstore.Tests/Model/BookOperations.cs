using System.Collections.Immutable;

namespace Libp2p.Peerstore.Tests;

/// <summary>What can be done to the other books' knowledge of a peer.</summary>
internal static class BookOperations
{
    private static readonly string Stored = BookOutcome.Stored.ToString();

    public static PeerOperation GetProtocols { get; } = new(
        "get protocols",
        static async (store, peer) => Answers.Of(await store.Protocols.GetAsync(peer.Id)),
        static (model, _, _) => (model, Answers.Of(model.Protocols)));

    public static PeerOperation GetLatency { get; } = new(
        "get latency",
        static async (store, peer) => Answers.Of(await store.Metrics.GetLatencyAsync(peer.Id)),
        static (model, _, _) => (model, Answers.Latency(model)));

    public static PeerOperation AddPublicKey { get; } = new(
        "add public key",
        static async (store, peer) => (await store.Keys.AddPublicKeyAsync(peer.Id, peer.Key.PublicKey)).ToString(),
        static (model, _, _) => (model with { HasPublicKey = true }, Stored))
    {
        Edit = static (edit, peer) => edit.AddPublicKey(peer.Key.PublicKey),
    };

    public static PeerOperation AddPrivateKey { get; } = new(
        "add private key",
        static async (store, peer) => (await store.Keys.AddPrivateKeyAsync(peer.Id, peer.Key)).ToString(),
        static (model, _, _) => (model with { HasPrivateKey = true }, Stored))
    {
        Edit = static (edit, peer) => edit.AddPrivateKey(peer.Key),
    };

    public static PeerOperation GetPrivateKey { get; } = new(
        "get private key",
        static async (store, peer) => (await store.Keys.GetPrivateKeyAsync(peer.Id) is not null).ToString(),
        static (model, _, _) => (model, model.HasPrivateKey.ToString()));

    public static PeerOperation RemoveKeys { get; } = new(
        "remove keys",
        static async (store, peer) => await DoneAsync(store.Keys.RemovePeerAsync(peer.Id)),
        static (model, _, _) => (model.WithoutKeys(), Answers.Nothing))
    {
        Edit = static (edit, _) => edit.RemoveKeys(),
    };

    public static PeerOperation RemovePeer { get; } = new(
        "remove peer",
        static async (store, peer) => await DoneAsync(store.RemovePeerAsync(peer.Id)),
        static (model, _, _) => (model.Removed(), Answers.Nothing));

    public static PeerOperation GetSnapshot { get; } = new(
        "get snapshot",
        static async (store, peer) => Answers.Of(await store.GetSnapshotAsync(peer.Id)),
        static (model, _, _) => (model, Answers.Snapshot(model)));

    public static PeerOperation SetProtocols(params string[] protocols) => new(
        $"set protocols {Answers.Of(protocols)}",
        async (store, peer) => (await store.Protocols.SetAsync(peer.Id, protocols)).ToString(),
        (model, _, _) => (model with { Protocols = model.Protocols.Clear().Union(protocols) }, Stored))
    {
        Edit = (edit, _) => edit.SetProtocols(protocols),
    };

    public static PeerOperation AddProtocols(params string[] protocols) => new(
        $"add protocols {Answers.Of(protocols)}",
        async (store, peer) => (await store.Protocols.AddAsync(peer.Id, protocols)).ToString(),
        (model, _, _) => (model with { Protocols = model.Protocols.Union(protocols) }, Stored))
    {
        Edit = (edit, _) => edit.AddProtocols(protocols),
    };

    public static PeerOperation RemoveProtocols(params string[] protocols) => new(
        $"remove protocols {Answers.Of(protocols)}",
        async (store, peer) => await DoneAsync(store.Protocols.RemoveAsync(peer.Id, protocols)),
        (model, _, _) => (model with { Protocols = model.Protocols.Except(protocols) }, Answers.Nothing))
    {
        Edit = (edit, _) => edit.RemoveProtocols(protocols),
    };

    public static PeerOperation SetMetadata(string key, string value) => new(
        $"set {key} to {value}",
        async (store, peer) => (await store.Metadata.SetAsync(peer.Id, key, value)).ToString(),
        (model, _, _) => (model with { Metadata = model.Metadata.SetItem(key, value) }, Stored))
    {
        Edit = (edit, _) => edit.SetMetadata(key, value),
    };

    public static PeerOperation RemoveMetadata(string key) => new(
        $"remove {key}",
        async (store, peer) => await DoneAsync(store.Metadata.RemoveAsync(peer.Id, key)),
        (model, _, _) => (model with { Metadata = model.Metadata.Remove(key) }, Answers.Nothing))
    {
        Edit = (edit, _) => edit.RemoveMetadata(key),
    };

    public static PeerOperation GetMetadata(string key) => new(
        $"get {key}",
        async (store, peer) =>
            (await store.Metadata.TryGetAsync<string>(peer.Id, key)).TryGet(out var value) ? value : Answers.Nothing,
        (model, _, _) => (model, model.Metadata.GetValueOrDefault(key, Answers.Nothing)));

    public static PeerOperation RecordLatency(TimeSpan latency) => new(
        $"record latency {latency}",
        async (store, peer) => (await store.Metrics.RecordLatencyAsync(peer.Id, latency)).ToString(),
        (model, _, _) => (model.Measured(latency), Stored))
    {
        Edit = (edit, _) => edit.RecordLatency(latency),
    };

    private static async ValueTask<string> DoneAsync(ValueTask call)
    {
        await call;
        return Answers.Nothing;
    }
}

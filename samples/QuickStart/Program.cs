using Libp2p;
using Libp2p.Peerstore;
using Libp2p.Peerstore.Sqlite;

await using var store = await SqlitePeerstore.OpenAsync("quickstart.db");

var address = Multiaddr.Parse("/dnsaddr/bootstrap.libp2p.io/p2p/QmNnooDu7bfjPFoTZYxMNLWUQJyrVwtbZg5gBMjTezGAJN");
address.TrySplitPeer(out var transport, out var peer);
await store.Addresses.AddAsync(peer, [transport], AddressTtl.Permanent);
await store.Protocols.SetAsync(peer, ["/ipfs/kad/1.0.0", "/ipfs/ping/1.0.0"]);
await store.Metadata.SetAsync(peer, MetadataKeys.AgentVersion, "kubo/0.30.0/");

Console.WriteLine($"{peer} is at {string.Join(", ", await store.Addresses.GetAsync(peer))}");
Console.WriteLine(await store.Protocols.GetFirstSupportedAsync(peer, ["/meshsub/1.1.0", "/ipfs/kad/1.0.0"]));
Console.WriteLine(await store.Metadata.GetAsync<string>(peer, MetadataKeys.AgentVersion));

namespace Libp2p.Peerstore.Testing;

/// <summary>Which method replays which operation.</summary>
internal static class StepHandlers
{
    public static IReadOnlyDictionary<string, Func<ScenarioStep, ValueTask>> For(Replay replay)
    {
        var addresses = new AddressSteps(replay);
        var records = new RecordSteps(replay);
        var keys = new KeySteps(replay);
        var protocols = new ProtocolSteps(replay);
        var values = new MetadataSteps(replay);
        var latency = new LatencySteps(replay);
        var peers = new PeerSteps(replay);
        return new Dictionary<string, Func<ScenarioStep, ValueTask>>(StringComparer.Ordinal)
        {
            ["advance"] = peers.Advance,
            ["gc"] = peers.SweepAsync,
            ["peers"] = peers.PeersAsync,
            ["peerInfo"] = peers.InfoAsync,
            ["removePeer"] = step => peers.RemoveAsync(step, latency),
            ["addAddrs"] = addresses.AddAsync,
            ["setAddrs"] = addresses.SetAsync,
            ["updateAddrs"] = addresses.UpdateAsync,
            ["clearAddrs"] = addresses.ClearAsync,
            ["addrs"] = addresses.GetAsync,
            ["peersWithAddrs"] = addresses.PeersAsync,
            ["consume"] = records.ConsumeAsync,
            ["peerRecord"] = records.GetAsync,
            ["addPubKey"] = keys.AddPublicAsync,
            ["addPrivKey"] = keys.AddPrivateAsync,
            ["pubKey"] = keys.PublicAsync,
            ["privKey"] = keys.PrivateAsync,
            ["peersWithKeys"] = keys.PeersAsync,
            ["setProtocols"] = protocols.SetAsync,
            ["addProtocols"] = protocols.AddAsync,
            ["removeProtocols"] = protocols.RemoveAsync,
            ["protocols"] = protocols.GetAsync,
            ["supports"] = protocols.SupportedAsync,
            ["firstSupported"] = protocols.FirstSupportedAsync,
            ["putMetadata"] = values.PutAsync,
            ["getMetadata"] = values.GetAsync,
            ["recordLatency"] = latency.RecordAsync,
            ["latency"] = latency.GetAsync,
        };
    }
}

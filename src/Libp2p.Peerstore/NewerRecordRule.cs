namespace Libp2p.Peerstore;

/// <summary>What a newer signed record does to the addresses of the former one that it lacks.</summary>
public enum NewerRecordRule
{
    /// <summary>They live on until their lifetime ends: what go-libp2p's document promises.</summary>
    KeepFormer,

    /// <summary>They are dropped, endless ones excepted: what go-libp2p does since April 2026 (#3487).</summary>
    ReplaceFormer,
}

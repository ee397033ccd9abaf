namespace Libp2p.Peerstore;

/// <summary>A metadata value that had to be there is not: go-libp2p's <c>ErrNotFound</c>.</summary>
public sealed class MetadataNotFoundException : KeyNotFoundException
{
    /// <summary>Makes the exception for a peer and a key.</summary>
    /// <param name="peer">The peer asked about.</param>
    /// <param name="key">The name of the value.</param>
    public MetadataNotFoundException(PeerId peer, string key)
        : base($"Peer {peer} has no metadata value named '{key}'.")
    {
        Peer = peer;
        Key = key;
    }

    /// <summary>The peer asked about.</summary>
    public PeerId Peer { get; }

    /// <summary>The name of the value.</summary>
    public string Key { get; }
}

namespace Libp2p.Peerstore;

/// <summary>What a connection that came or went means for its peer.</summary>
public enum ConnectionChange
{
    /// <summary>Nothing: it was counted already, or it had ended already.</summary>
    None,

    /// <summary>The peer is connected now, and was not before.</summary>
    First,

    /// <summary>The peer has one connection more.</summary>
    Further,

    /// <summary>The peer has one connection less, and others left.</summary>
    Ended,

    /// <summary>The peer is not connected any more.</summary>
    Last,
}

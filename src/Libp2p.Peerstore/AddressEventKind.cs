namespace Libp2p.Peerstore;

/// <summary>What an element of an address stream says.</summary>
public enum AddressEventKind
{
    /// <summary>Nothing. The value of <c>default</c>; no stream has it.</summary>
    None,

    /// <summary>The address was known when the stream began, or when it was resynchronised.</summary>
    Known,

    /// <summary>The address has been added since.</summary>
    Added,

    /// <summary>
    /// The reader fell too far behind: some events were dropped, and all addresses known now follow as
    /// <see cref="Known"/>.
    /// </summary>
    Resync,
}

namespace Libp2p.Peerstore;

/// <summary>How the bytes of a metadata value are to be read. The numbers are stored in files.</summary>
internal enum StoredValueKind : byte
{
    /// <summary>As they are.</summary>
    Raw = 0,

    /// <summary>As JSON in UTF-8.</summary>
    Json = 1,
}

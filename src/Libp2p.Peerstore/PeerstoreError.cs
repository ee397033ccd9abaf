namespace Libp2p.Peerstore;

/// <summary>What can go wrong in a store.</summary>
public enum PeerstoreError
{
    /// <summary>Not an error. The value of <c>default</c>.</summary>
    None,

    /// <summary>A metadata value is of another type than the one asked for.</summary>
    MetadataType,

    /// <summary>The file is not there, or is not one that this user may open.</summary>
    CannotOpen,

    /// <summary>The file is not a peerstore, or one of a newer version.</summary>
    WrongFile,

    /// <summary>Another process has the file open.</summary>
    InUse,

    /// <summary>The file is damaged beyond what can be set aside.</summary>
    Damaged,

    /// <summary>What was stored could not be written.</summary>
    CannotWrite,

    /// <summary>The private keys in the file are protected in another way than the store is to protect them.</summary>
    KeyProtection,

    /// <summary>The private keys in the file are protected by another passphrase or protector.</summary>
    WrongPassphrase,
}

namespace Libp2p.Peerstore.Sqlite;

/// <summary>How a private key is stored. The numbers stand in files.</summary>
internal enum KeyForm : byte
{
    /// <summary>As it is.</summary>
    Clear = 0,

    /// <summary>By <see cref="PassphraseProtector"/>.</summary>
    Passphrase = 1,

    /// <summary>By a protector of the application.</summary>
    Foreign = 2,
}

namespace Libp2p;

/// <summary>
/// Chooses once, at first use, which library does Ed25519: libsodium before OpenSSL, since it takes half the time.
/// </summary>
internal static class Ed25519Providers
{
    private static readonly Lazy<IReadOnlyList<IEd25519Provider>> LoadedProviders = new(Load);

    /// <summary>The libraries that could be loaded, the preferred one first.</summary>
    public static IReadOnlyList<IEd25519Provider> Loaded => LoadedProviders.Value;

    /// <summary>The library in use.</summary>
    /// <exception cref="PlatformNotSupportedException">None could be loaded; the message says what to install.</exception>
    public static IEd25519Provider Current => Choose(Loaded);

    /// <summary>The preferred one of a list.</summary>
    /// <exception cref="PlatformNotSupportedException">The list is empty; the message says what to install.</exception>
    internal static IEd25519Provider Choose(IReadOnlyList<IEd25519Provider> loaded) =>
        loaded is [var first, ..] ? first : throw new PlatformNotSupportedException(
            "Ed25519 needs libsodium or OpenSSL's libcrypto (1.1.1 or newer), and neither could be loaded. Install libsodium: "
            + "the NuGet package \"libsodium\", or the operating system's package (libsodium23 on Debian and Ubuntu, libsodium elsewhere).");

    private static List<IEd25519Provider> Load()
    {
        List<IEd25519Provider> providers = [];
        if (SodiumEd25519.TryLoad() is { } sodium)
        {
            providers.Add(sodium);
        }

        if (LibCrypto.Instance is { } crypto)
        {
            providers.Add(new OpenSslEd25519(crypto));
        }

        return providers;
    }
}

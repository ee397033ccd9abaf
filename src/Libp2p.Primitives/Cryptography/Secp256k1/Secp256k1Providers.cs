namespace Libp2p;

/// <summary>
/// Chooses once, at first use, which library does secp256k1: libsecp256k1, else OpenSSL, else what .NET offers.
/// </summary>
internal static class Secp256k1Providers
{
    private static readonly Lazy<IReadOnlyList<ISecp256k1Provider>> LoadedProviders = new(Load);

    /// <summary>The libraries that could be loaded, the preferred one first; never empty.</summary>
    public static IReadOnlyList<ISecp256k1Provider> Loaded => LoadedProviders.Value;

    /// <summary>The library in use.</summary>
    public static ISecp256k1Provider Current => Loaded[0];

    private static List<ISecp256k1Provider> Load()
    {
        List<ISecp256k1Provider> providers = [];
        if (NativeSecp256k1.TryLoad() is { } native)
        {
            providers.Add(native);
        }

        if (LibCrypto.Instance is { } crypto)
        {
            providers.Add(new OpenSslSecp256k1(crypto));
        }

        providers.Add(new PlatformSecp256k1());
        return providers;
    }
}

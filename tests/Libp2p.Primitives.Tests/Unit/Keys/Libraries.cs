namespace Libp2p.Tests;

/// <summary>The native libraries that can be loaded on this machine, for tests that run once with each.</summary>
internal static class Libraries
{
    public static TheoryData<string> Ed25519 => [.. Ed25519Providers.Loaded.Select(provider => provider.Name)];

    public static TheoryData<string> Secp256k1 => [.. Secp256k1Providers.Loaded.Select(provider => provider.Name)];

    public static IEd25519Provider FindEd25519(string name) =>
        Ed25519Providers.Loaded.Single(provider => string.Equals(provider.Name, name, StringComparison.Ordinal));

    public static ISecp256k1Provider FindSecp256k1(string name) =>
        Secp256k1Providers.Loaded.Single(provider => string.Equals(provider.Name, name, StringComparison.Ordinal));
}

namespace Libp2p.Tests;

/// <summary>Whether the libraries that the tests want are here: a laptop may lack some, the build server may not.</summary>
public sealed class LibraryTests
{
    [Fact]
    public void On_a_build_server_every_library_loads_and_elsewhere_at_least_one_of_each_kind()
    {
        Assert.NotEmpty(Secp256k1Providers.Loaded);
        if (!OperatingSystem.IsLinux())
        {
            // Other systems bring no OpenSSL with .NET; what Ed25519 needs there is the user's to install.
            return;
        }

        // .NET itself needs OpenSSL on Linux.
        Assert.Contains("OpenSSL", NamesOfEd25519());
        if (!string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        Assert.True(NamesOfEd25519().SetEquals(["libsodium", "OpenSSL"]), $"Install libsodium23; loaded: {string.Join(", ", NamesOfEd25519())}");
        Assert.True(Secp256k1Providers.Loaded.Any(provider => provider is NativeSecp256k1), "Install libsecp256k1-1.");
        Assert.True(Secp256k1Providers.Loaded.Any(provider => provider is OpenSslSecp256k1), "OpenSSL's libcrypto does not load.");
    }

    private static HashSet<string> NamesOfEd25519() => new(Ed25519Providers.Loaded.Select(provider => provider.Name), StringComparer.Ordinal);
}

using System.Reflection;
using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>The names by which documents refer to what proves them: tests of this assembly and checks of the contract.</summary>
internal static class TestNames
{
    public static IReadOnlySet<string> All { get; } = typeof(TestNames).Assembly.GetTypes()
        .SelectMany(static type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
        .Where(static method => method.GetCustomAttribute<FactAttribute>() is not null)
        .Select(static method => method.Name)
        .Concat(PeerstoreContract.Checks.Select(static check => check.Name))
        .ToHashSet(StringComparer.Ordinal);
}

using System.Reflection;

namespace Libp2p.Peerstore.Tests;

/// <summary>What is not a store's, but every store's users rely on: the constants of the document.</summary>
public class SharedNamesTests
{
    [Fact]
    public void The_named_lifetimes_are_those_of_the_document()
    {
        Assert.Equal(TimeSpan.FromHours(1), AddressTtl.Address);
        Assert.Equal(TimeSpan.FromMinutes(2), AddressTtl.Temporary);
        Assert.Equal(TimeSpan.FromMinutes(15), AddressTtl.RecentlyConnected);
        Assert.Equal(TimeSpan.FromMinutes(30), Observed.GetValue(obj: null));
        Assert.Equal(TimeSpan.MaxValue, AddressTtl.Permanent);
        Assert.Equal(TimeSpan.FromTicks(1), AddressTtl.Permanent - AddressTtl.Connected);
    }

    [Fact]
    public void The_lifetime_of_observed_addresses_is_obsolete() =>
        Assert.NotNull(Observed.GetCustomAttribute<ObsoleteAttribute>());

    [Fact]
    public void The_names_that_nodes_share_are_those_of_go()
    {
        Assert.Equal("AgentVersion", MetadataKeys.AgentVersion);
        Assert.Equal("ProtocolVersion", MetadataKeys.ProtocolVersion);
    }

    [Fact]
    public async Task An_address_book_without_records_says_so()
    {
        // A store in memory whose certified side is hidden, as one that has none would answer.
        await using var store = await Mutants.Find("there are no records").OpenStore(TimeProvider.System, new());
        Assert.False(store.Addresses.TryGetCertified(out var certified));
        Assert.Null(certified);
    }

    private static FieldInfo Observed => typeof(AddressTtl).GetField("OwnObserved")!;
}

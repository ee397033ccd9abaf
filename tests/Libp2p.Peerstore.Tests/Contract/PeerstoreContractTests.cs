using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>The contract for one kind of store. The class below it holds the run, which all its tests share.</summary>
#region contract-xunit
[TestCaseOrderer(typeof(LastInClass))]
public abstract class PeerstoreContractTests(ContractRun run)
{
    public static TheoryData<string> Names { get; } = [.. PeerstoreContract.Checks.Select(static check => check.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task The_store_keeps_the_contract(string check) => run.RunAsync(check, TestContext.Current.CancellationToken);

    [Fact]
    public void Nothing_of_the_contract_was_left_out() => run.AssertComplete();
}
#endregion

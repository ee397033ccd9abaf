using Xunit.Sdk;
using Xunit.v3;

namespace Libp2p.Peerstore.Tests;

/// <summary>Runs the tests of a class in any order, but the one that asks whether all of them ran at the end.</summary>
#region contract-xunit-order
public sealed class LastInClass : ITestCaseOrderer
{
    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase =>
        [.. testCases.OrderBy(static test =>
            string.Equals(test.TestMethodName, nameof(PeerstoreContractTests.Nothing_of_the_contract_was_left_out), StringComparison.Ordinal))];
}
#endregion

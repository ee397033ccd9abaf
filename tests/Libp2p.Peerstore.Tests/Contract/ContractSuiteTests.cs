using System.Collections.Concurrent;
using System.Reflection;
using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>The contract suite itself: it can fail, it says why, and it leaves no member out.</summary>
public class ContractSuiteTests
{
    public static TheoryData<string> Faults { get; } = [.. Mutants.Names];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Faults))]
    public async Task A_store_with_a_fault_is_found_out(string fault)
    {
        var mutant = Mutants.Find(fault);
        var check = PeerstoreContract.Find(mutant.Check);
        var violation = await Assert.ThrowsAsync<ContractViolationException>(() => check.RunAsync(mutant.OpenStore, Token));
        Assert.StartsWith($"{check.Name}: wanted ", violation.Message, StringComparison.Ordinal);
        Assert.Contains(", got ", violation.Message, StringComparison.Ordinal);
        Assert.EndsWith($"The contract says: \"{check.Sentence}\"", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_member_of_the_store_of_its_books_and_of_an_edit_is_called_by_a_check()
    {
        var called = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        foreach (var check in PeerstoreContract.Checks)
        {
            await check.RunAsync(
                (clock, options) => new(InterceptedStore.Around(MemoryPeerstore.Create(options, clock), call =>
                {
                    called[Describe(call.Method)] = true;
                    return call.Proceed();
                })),
                Token);
        }

        Type[] interfaces =
        [
            typeof(IPeerstore), typeof(IAddressBook), typeof(ICertifiedAddressBook), typeof(IKeyBook), typeof(IProtocolBook),
            typeof(IMetadataBook), typeof(IMetricsBook), typeof(IPeerEdit), typeof(IAsyncDisposable),
        ];
        var members = interfaces.SelectMany(static type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public)).Select(Describe);
        Assert.Empty(members.Except(called.Keys, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_run_that_left_a_check_out_is_not_complete()
    {
        var run = new ContractRun(ConformanceStores.OpenInMemory);
        foreach (var check in PeerstoreContract.Checks.Skip(1))
        {
            await run.RunAsync(check.Name, Token);
        }

        var left = Assert.Throws<ContractViolationException>(run.AssertComplete);
        Assert.EndsWith($"never ran: {PeerstoreContract.Checks[0].Name}", left.Message, StringComparison.Ordinal);
        await run.RunAsync(PeerstoreContract.Checks[0].Name, Token);
        run.AssertComplete();
    }

    [Fact]
    public void Checks_have_names_of_their_own_and_unknown_names_are_an_error()
    {
        Assert.Distinct(PeerstoreContract.Checks.Select(static check => check.Name));
        Assert.Throws<ArgumentException>(static () => PeerstoreContract.Find("x"));
    }

    private static string Describe(MethodInfo method)
    {
        var open = method.IsGenericMethod ? method.GetGenericMethodDefinition() : method;
        return $"{open.DeclaringType!.Name}.{open}";
    }
}

using System.Collections;
using System.Runtime.CompilerServices;

namespace Libp2p.Peerstore.Testing;

/// <summary>A list of checks to which each is added with the sentence it proves, under the name of its method.</summary>
internal sealed class CheckList : IEnumerable<ContractCheck>
{
    private readonly List<ContractCheck> _checks = [];

    public void Add(
        string sentence, Func<StoreBench, Task> run, [CallerArgumentExpression(nameof(run))] string name = "") =>
        _checks.Add(new ContractCheck(name, sentence, run));

    public IEnumerator<ContractCheck> GetEnumerator() => _checks.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

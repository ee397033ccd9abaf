using System.Reflection;

namespace Libp2p.Peerstore.Tests;

/// <summary>Stands before a store and its books, and hands every call to a rule that may answer otherwise.</summary>
public class InterceptedStore : DispatchProxy
{
    private IPeerstore _store = null!;
    private object _target = null!;
    private Func<StoreCall, object?> _rule = null!;

    internal static IPeerstore Around(IPeerstore store, Func<StoreCall, object?> rule) => Around(store, store, rule);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var call = new StoreCall(_store, _target, targetMethod!, args ?? []);
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            if (call.Arguments[i] is Action<IPeerEdit> edit)
            {
                call.Arguments[i] = (Action<IPeerEdit>)(inner => edit(Around(inner, _store, _rule)));
            }
        }

        var answer = _rule(call);
        if (targetMethod!.Name is nameof(IAddressBook.TryGetCertified) && call.Arguments[0] is ICertifiedAddressBook certified)
        {
            call.Arguments[0] = Around(certified, _store, _rule);
        }

        return answer switch
        {
            IAddressBook book => Around(book, _store, _rule),
            IKeyBook book => Around(book, _store, _rule),
            IProtocolBook book => Around(book, _store, _rule),
            IMetadataBook book => Around(book, _store, _rule),
            IMetricsBook book => Around(book, _store, _rule),
            IPeerEdit => this,
            _ => answer,
        };
    }

    private static T Around<T>(T target, IPeerstore store, Func<StoreCall, object?> rule)
        where T : class
    {
        var proxy = Create<T, InterceptedStore>();
        var intercepted = (InterceptedStore)(object)proxy;
        (intercepted._store, intercepted._target, intercepted._rule) = (store, target, rule);
        return proxy;
    }
}

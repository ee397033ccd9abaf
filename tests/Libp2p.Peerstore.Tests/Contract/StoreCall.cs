using System.Reflection;

namespace Libp2p.Peerstore.Tests;

/// <summary>A call of a member of a store or of one of its books, on its way to a store that does it right.</summary>
internal sealed record StoreCall(IPeerstore Store, object Target, MethodInfo Method, object?[] Arguments)
{
    /// <summary>The interface and the member, for instance <c>IKeyBook.AddPublicKeyAsync</c>.</summary>
    public string Name => $"{Method.DeclaringType!.Name}.{Method.Name}";

    public PeerId Peer => (PeerId)Arguments[0]!;

    public object? Proceed() =>
        Method.Invoke(Target, BindingFlags.DoNotWrapExceptions, binder: null, Arguments, culture: null);
}

namespace Libp2p.Peerstore.Tests;

/// <summary>Takes the answer of a call that must not wait for anything: these stores answer from memory.</summary>
internal static class AtOnce
{
    public static T Answer<T>(ValueTask<T> call)
    {
        Assert.True(call.IsCompleted, "The call waits for something.");
        return call.AsTask().GetAwaiter().GetResult();
    }

    public static void Done(ValueTask call)
    {
        Assert.True(call.IsCompleted, "The call waits for something.");
        call.AsTask().GetAwaiter().GetResult();
    }
}

using System.Runtime.InteropServices;

namespace Libp2p.Peerstore.Testing;

/// <summary>The lifetime of an address, and its end in the clock's ticks.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ModelAddress(TimeSpan Ttl, long End)
{
    public bool IsEndless => Ttl >= AddressTtl.Connected;
}

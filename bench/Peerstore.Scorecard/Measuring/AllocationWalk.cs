using System.Runtime;
using System.Runtime.CompilerServices;

namespace Peerstore.Scorecard.Measuring;

/// <summary>Counts the objects that a piece of code allocates, exactly, by walking over them.</summary>
/// <remarks>
/// <para>
/// The runtime tells a thread how many bytes it has allocated, but not in how many objects; its events are samples. But a
/// thread allocates one object behind the other: between a marker allocated before the code and one allocated after it
/// lie exactly the code's objects. Each begins with a pointer to its type's method table, whose first two words say how
/// large it is (CoreCLR's layout: component size, flags, base size), so that one can step from object to object.
/// </para>
/// <para>
/// A count is believed only if no collection was possible meanwhile (a no-GC region), if the distance of the markers is
/// the number of bytes that the runtime itself says were allocated (the thread did not move on to another stretch of the
/// heap), and if the steps end exactly on the second marker. What does not pass is not counted; if nothing passes, there
/// is no answer.
/// </para>
/// </remarks>
internal static unsafe class AllocationWalk
{
    private const long RegionBytes = 64L << 20;
    private const int MaxRegions = 4;
    private const uint HasComponentSize = 0x80000000;

    /// <summary>The mean number of objects that a call allocates, or null where none could be counted.</summary>
    /// <param name="calls">How often to call; each number is called once.</param>
    /// <param name="call">Makes the call of a number and completes synchronously.</param>
    public static double? Count(int calls, Action<int> call)
    {
        long objects = 0;
        var (made, counted) = (0, 0);
        for (var region = 0; region < MaxRegions && made < calls; region++)
        {
            // What other threads allocate can end the region early; then the rest of the calls gets another.
            if (!GC.TryStartNoGCRegion(RegionBytes))
            {
                continue;
            }

            for (; made < calls && InRegion; made++)
            {
                if (CountOne(made, call) is { } number)
                {
                    objects += number;
                    counted++;
                }
            }

            if (InRegion)
            {
                GC.EndNoGCRegion();
            }
        }

        return counted == 0 ? null : (double)objects / counted;
    }

    private static bool InRegion => GCSettings.LatencyMode == GCLatencyMode.NoGCRegion;

    private static int? CountOne(int index, Action<int> call)
    {
        var first = Marker();
        var before = GC.GetAllocatedBytesForCurrentThread();
        call(index);
        var last = Marker();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var at = AddressOf(first);
        var end = AddressOf(last);
        return InRegion && end - at == allocated ? Walk(at, end) : null;
    }

    private static int? Walk(nint at, nint end)
    {
        var steps = 0;
        while (at < end && SizeOf(at) is > 0 and var size)
        {
            at += size;
            steps++;
        }

        // The first step is over the marker.
        return at == end ? steps - 1 : null;
    }

    private static nint SizeOf(nint at)
    {
        var table = *(uint**)at;
        if (table is null)
        {
            return 0;
        }

        long size = table[1];
        if ((table[0] & HasComponentSize) != 0)
        {
            size += (long)(table[0] & 0xFFFF) * *(uint*)(at + sizeof(nint));
        }

        return (nint)((size + sizeof(nint) - 1) & ~(sizeof(nint) - 1L));
    }

    private static nint AddressOf(object value) => *(nint*)Unsafe.AsPointer(ref value);

    // Not inlined, lest the compiler sees that it may as well live on the stack.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object Marker() => new();
}

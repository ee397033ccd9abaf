using System.Runtime.InteropServices;

namespace Libp2p;

/// <summary>
/// A native library that has been loaded, and the functions found in it. Stays loaded for the life of the process.
/// </summary>
internal sealed class NativeModule
{
    private readonly nint _handle;

    private NativeModule(nint handle)
    {
        _handle = handle;
    }

    /// <summary>Whether every function asked for so far was there: an old or cut-down build lacks some.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Loads the first library of a list that can be loaded.</summary>
    public static NativeModule? TryLoad(params ReadOnlySpan<string> names)
    {
        // Never the current directory: whoever can write there would choose our cryptography.
        const DllImportSearchPath Path = DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories;
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, typeof(NativeModule).Assembly, Path, out var handle))
            {
                return new NativeModule(handle);
            }
        }

        return null;
    }

    /// <summary>The address of a function; 0 when it is missing, which <see cref="IsComplete"/> remembers.</summary>
    public nint Find(string function)
    {
        if (NativeLibrary.TryGetExport(_handle, function, out var address))
        {
            return address;
        }

        IsComplete = false;
        return 0;
    }
}

using System.Runtime.CompilerServices;

namespace Libp2p.Peerstore;

/// <summary>Where the sections of an entry stand that is known to be well-formed. <c>default</c> has none.</summary>
internal struct SectionDirectory
{
    private const int Sections = 8;

    private Ranges _ranges;

    /// <summary>Reads where the sections stand.</summary>
    /// <param name="sections">Sections that this program wrote, or has checked.</param>
    public static SectionDirectory Read(ReadOnlySpan<byte> sections)
    {
        var directory = default(SectionDirectory);
        for (var at = 0; at < sections.Length;)
        {
            var number = sections[at++];
            var length = (int)EntryVarint.Read(sections, ref at);
            directory._ranges[number] = (at, length);
            at += length;
        }

        return directory;
    }

    /// <summary>Finds the body of one section.</summary>
    public static bool TryFind(ReadOnlySpan<byte> sections, EntrySection section, out ReadOnlySpan<byte> body)
    {
        var (start, length) = Find(sections, section);
        body = sections.Slice(start, length);
        return start > 0;
    }

    /// <summary>Where the body of one section stands, without reading where those behind it stand; 0, 0 where it is not there.</summary>
    public static (int Start, int Length) Find(ReadOnlySpan<byte> sections, EntrySection section)
    {
        for (var at = 0; at < sections.Length && sections[at] <= (int)section;)
        {
            var number = sections[at++];
            var length = (int)EntryVarint.Read(sections, ref at);
            if (number == (int)section)
            {
                return (at, length);
            }

            at += length;
        }

        return default;
    }

    /// <summary>Whether a section is there; all but the public key's have a body if they are.</summary>
    public readonly bool Has(EntrySection section) => _ranges[(int)section].Start > 0;

    public readonly (int Start, int Length) this[EntrySection section] => _ranges[(int)section];

    [InlineArray(Sections)]
    private struct Ranges
    {
        private (int Start, int Length) _first;
    }
}

namespace Libp2p.Peerstore;

/// <summary>Writes the encoding of a peer's entry: <c>docs/formats/peer-entry.md</c>.</summary>
internal static class EntryWriter
{
    /// <summary>Writes the entry of a peer: its sections as they lie in memory, and its protocols in full among them.</summary>
    /// <param name="view">The peer.</param>
    /// <param name="output">Where to; what was in it is gone.</param>
    public static void Write(in PeerView view, EntryBuffer output)
    {
        output.Clear();
        output.PutByte(EntryFormat.Version);
        var behind = BeginOfSectionsBehind(view.Sections, EntrySection.Protocols);
        output.Put(view.Sections[..behind]);
        WriteProtocols(view.Protocols.Sorted, output);
        output.Put(view.Sections[behind..]);
        output.PutUInt32(EntryFormat.Checksum(view.Peer, output.Written));
    }

    private static int BeginOfSectionsBehind(ReadOnlySpan<byte> sections, EntrySection section)
    {
        var at = 0;
        while (at < sections.Length && sections[at] < (byte)section)
        {
            at++;
            var length = (int)EntryVarint.Read(sections, ref at);
            at += length;
        }

        return at;
    }

    private static void WriteProtocols(string[] protocols, EntryBuffer output)
    {
        if (protocols.Length == 0)
        {
            return;
        }

        var length = 0;
        foreach (var protocol in protocols)
        {
            var bytes = System.Text.Encoding.UTF8.GetByteCount(protocol);
            length += EntryVarint.LengthOf((uint)bytes) + bytes;
        }

        output.PutSection(EntrySection.Protocols, length);
        foreach (var protocol in protocols)
        {
            output.PutText(protocol);
        }
    }
}

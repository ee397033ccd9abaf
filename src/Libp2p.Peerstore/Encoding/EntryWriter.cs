namespace Libp2p.Peerstore;

/// <summary>Writes the encoding of a peer's entry: <c>docs/formats/peer-entry.md</c>.</summary>
internal static class EntryWriter
{
    /// <summary>Writes the entry of a peer: its sections as they lie in memory, and its protocols in full among them.</summary>
    /// <param name="view">The peer.</param>
    /// <param name="output">Where to; what was in it is gone.</param>
    public static void Write(in PeerView view, EntryBuffer output) =>
        Write(view.Peer, view.Sections, view.Protocols.Sorted, output);

    /// <inheritdoc cref="Write(in PeerView, EntryBuffer)"/>
    /// <param name="peer">The peer.</param>
    /// <param name="sections">Its sections, without protocols.</param>
    /// <param name="protocols">Its protocols, sorted.</param>
    /// <param name="output">Where to; what was in it is gone.</param>
    public static void Write(PeerId peer, ReadOnlySpan<byte> sections, string[] protocols, EntryBuffer output)
    {
        output.Clear();
        output.PutByte(EntryFormat.Version);
        var behind = BeginOfSectionsBehind(sections, EntrySection.Protocols);
        output.Put(sections[..behind]);
        WriteProtocols(protocols, output);
        output.Put(sections[behind..]);
        output.PutUInt32(EntryFormat.Checksum(peer, output.Written));
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

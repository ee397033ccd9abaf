namespace Libp2p.Peerstore;

/// <summary>An entry as it was read from a file, checked but not yet part of an engine.</summary>
/// <param name="sections">The sections as memory has them. Good until the buffer that they were read into is used again.</param>
/// <param name="protocols">The protocols, sorted by their characters, each once.</param>
/// <param name="wasConnected">Whether an address was connected when it was stored.</param>
internal readonly ref struct StoredPeer(ReadOnlySpan<byte> sections, string[] protocols, bool wasConnected)
{
    public ReadOnlySpan<byte> Sections { get; } = sections;

    public string[] Protocols { get; } = protocols;

    public bool WasConnected { get; } = wasConnected;

    /// <summary>The body of a section; empty where there is none.</summary>
    public ReadOnlySpan<byte> Body(SectionDirectory directory, EntrySection section)
    {
        var (start, length) = directory[section];
        return Sections.Slice(start, length);
    }
}

namespace Libp2p.Peerstore;

/// <summary>Writes entries anew without what has ended, for whoever has the file and no engine. Used by one thread at a time.</summary>
/// <remarks>
/// What is connected stays connected: whether its process ended, and when, is for the store to find out that opens the file.
/// The rules are the engine's: an address is gone at its end, and a record goes with the last address.
/// </remarks>
internal sealed class EntryTrimmer
{
    private readonly List<AddressEntry> _live = [];
    private readonly LifetimeTable _lifetimes = new();
    private readonly EntryBuffer _sections = new();

    /// <summary>The entry; empty where nothing is left of it.</summary>
    public EntryBuffer Output { get; } = new();

    /// <summary>Writes an entry without the addresses that have ended.</summary>
    /// <param name="peer">Whose it is.</param>
    /// <param name="stored">The entry, read and checked.</param>
    /// <param name="now">The time, in ticks of UTC.</param>
    /// <returns>How many addresses were left out.</returns>
    public int Trim(in PeerId peer, in StoredPeer stored, long now)
    {
        Output.Clear();
        _sections.Clear();
        var dropped = 0;
        SectionDirectory.TryFind(stored.Sections, EntrySection.Addresses, out var addresses);
        if (!addresses.IsEmpty)
        {
            dropped = KeepLive(addresses.ToArray(), now);
            AddressSection.Write([.. _live], _lifetimes, _sections);
        }

        var hasAddresses = _sections.Length > 0;
        for (var at = 0; at < stored.Sections.Length;)
        {
            var start = at;
            var section = (EntrySection)stored.Sections[at++];
            var length = (int)EntryVarint.Read(stored.Sections, ref at);
            at += length;
            if (section > EntrySection.Record || (section == EntrySection.Record && hasAddresses))
            {
                _sections.Put(stored.Sections[start..at]);
            }
        }

        if (_sections.Length > 0 || stored.Protocols.Length > 0)
        {
            EntryWriter.Write(peer, _sections.Written, stored.Protocols, Output);
        }

        return dropped;
    }

    /// <summary>Overwrites what was written: it held a private key.</summary>
    public void Wipe()
    {
        _sections.Wipe();
        Output.Wipe();
    }

    private int KeepLive(byte[] body, long now)
    {
        _live.Clear();
        var dropped = 0;
        var reader = new AddressReader(body);
        while (reader.MoveNext())
        {
            if (reader.Expires <= now)
            {
                dropped++;
                continue;
            }

            _live.Add(new AddressEntry
            {
                Address = Multiaddr.FromTrusted(body, reader.Range.Start, reader.Range.Length),
                Ttl = reader.Ttl,
                Expires = reader.Expires,
                Source = reader.Source,
            });
        }

        return dropped;
    }
}

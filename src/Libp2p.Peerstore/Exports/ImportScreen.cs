namespace Libp2p.Peerstore;

/// <summary>Chooses what of an entry may be offered to a store, and notes what may not. Used by one thread at a time.</summary>
/// <remarks>
/// The entry was read, so it is well-formed; its checksum says nothing about who wrote it. So here stands what the books ask of
/// their callers, and what they find out themselves of what comes from the network: outside of every lock, and bounded.
/// </remarks>
internal sealed class ImportScreen(PeerstoreOptions limits, PeerstoreImportOptions options, ImportTally tally)
{
    private readonly List<AddressEntry> _addresses = [];

    /// <param name="peer">Whose entry it is.</param>
    /// <param name="stored">The entry.</param>
    /// <param name="made">When the export was made, and connections ended that it remembers: not later than now.</param>
    /// <param name="now">The time.</param>
    public ImportedPeer Pass(in PeerId peer, in StoredPeer stored, long made, long now)
    {
        var directory = SectionDirectory.Read(stored.Sections);
        var record = directory.Has(EntrySection.Record) ? PassRecord(stored.Body(directory, EntrySection.Record)) : null;
        return new()
        {
            Record = record,
            Addresses = PassAddresses(peer, stored.Body(directory, EntrySection.Addresses), made, now),
            PublicKey = directory.Has(EntrySection.PublicKey) ? PassPublicKey(peer, stored.Body(directory, EntrySection.PublicKey)) : null,
            PrivateKey = directory.Has(EntrySection.PrivateKey) ? PassPrivateKey(stored.Body(directory, EntrySection.PrivateKey)) : null,
            Protocols = PassProtocols(stored.Protocols),
            Metadata = PassMetadata(stored.Body(directory, EntrySection.Metadata)),
            Latency = directory.Has(EntrySection.Latency) ? LatencySection.Read(stored.Body(directory, EntrySection.Latency)) : null,
        };
    }

    private StoredRecord? PassRecord(ReadOnlySpan<byte> body)
    {
        var view = new RecordView(body);
        var domain = view.ReadDomain();
        var refusal = "it was signed in a domain that is not to be taken";
        if (options.RecordDomains.Contains(domain, StringComparer.Ordinal))
        {
            var outcome = SignedEnvelope.TryOpen(view.Envelope.ToArray(), domain, limits.DecodeLimits, out var envelope, out _);
            PeerRecord? record = null;
            if (outcome == EnvelopeOutcome.Opened)
            {
                outcome = PeerRecord.TryRead(envelope!, limits.DecodeLimits, out record, out _);
            }

            PeerstoreMeter.CountRefused(nameof(PeerstoreOptions.DecodeLimits), outcome == EnvelopeOutcome.TooLarge ? 1 : 0);
            if (outcome == EnvelopeOutcome.Opened)
            {
                return new StoredRecord(record!);
            }

            refusal = outcome switch
            {
                EnvelopeOutcome.TooLarge => "it exceeds a limit on signed records",
                EnvelopeOutcome.BadSignature => "its signature is not good",
                _ => "it is not one",
            };
        }

        tally.RecordsRefused++;
        tally.Note($"the signed record is refused: {refusal}");
        return null;
    }

    private AddressEntry[] PassAddresses(in PeerId peer, ReadOnlySpan<byte> body, long made, long now)
    {
        _addresses.Clear();
        // Of the reader's buffer nothing may be left in the store.
        var array = body.ToArray();
        var reader = new AddressReader(array);
        var (foreign, tooLong) = (0, 0);
        while (reader.MoveNext())
        {
            var ttl = Shortened(reader.Ttl);
            var lifetime = LifetimeOf(ttl, reader.Expires, made, now);
            var address = Multiaddr.FromTrusted(array, reader.Range.Start, reader.Range.Length);
            if (lifetime.Expires <= now)
            {
                tally.AddressesEnded++;
            }
            else if (AddressOffer.OwnPart(peer, address, out var own) != AddressChange.None)
            {
                foreign++;
            }
            else if (!Multiaddr.IsValid(own.Bytes, limits.DecodeLimits))
            {
                tooLong++;
            }
            else
            {
                tally.AddressesShortened += ttl < reader.Ttl ? 1 : 0;
                _addresses.Add(new() { Address = own, Ttl = lifetime.Ttl, Expires = lifetime.Expires, Source = reader.Source });
            }
        }

        tally.AddressesLeftOut += foreign + tooLong;
        tally.Note(foreign > 0, $"{foreign} addresses are empty, or another peer's");
        tally.Note(tooLong > 0, $"{tooLong} addresses exceed a limit on one address");
        PeerstoreMeter.CountRefused(nameof(PeerstoreOptions.DecodeLimits), tooLong);
        return KeepBest();
    }

    /// <summary>More than the peer's limits allow is not offered: each costs a look at all others, under a lock.</summary>
    private AddressEntry[] KeepBest()
    {
        var all = _addresses.ToArray();
        AddressRanking.Sort(all);
        var (endless, mortal) = (0, 0);
        var most = limits.MaxAddressesPerPeer <= 0 ? int.MaxValue : limits.MaxAddressesPerPeer;
        var kept = Array.FindAll(all, address => address.IsEndless
            ? endless++ < limits.MaxEndlessAddressesPerPeer
            : mortal++ < most);
        tally.AddressesLeftOut += all.Length - kept.Length;
        return kept;
    }

    /// <summary>
    /// The lifetime that a stranger can give: what is permanent is never given up for others, and what outlives all others
    /// comes last.
    /// </summary>
    private long Shortened(long ttl)
    {
        if (options.PermanentAddresses || ttl == AddressTtl.Connected.Ticks)
        {
            return ttl;
        }

        return ttl == AddressTtl.Permanent.Ticks ? AddressTtl.Address.Ticks : Math.Min(ttl, PeerstoreImportOptions.LongestLifetime.Ticks);
    }

    /// <summary>
    /// Connections ended with the export, as with a process. Nothing lives longer than its whole lifetime from now on,
    /// whatever clock the export was made by.
    /// </summary>
    private static Lifetime LifetimeOf(long ttl, long expires, long made, long now)
    {
        if (ttl == AddressTtl.Connected.Ticks)
        {
            return new Lifetime(AddressTtl.RecentlyConnected, made);
        }

        var whole = new Lifetime(TimeSpan.FromTicks(ttl), now);
        return whole.IsEndless ? whole : Lifetime.Until(ttl, Math.Min(expires, whole.Expires));
    }

    private byte[]? PassPublicKey(in PeerId peer, ReadOnlySpan<byte> body)
    {
        if (peer.TryGetPublicKey(out _))
        {
            return [];
        }

        if (PublicKey.TryDecode(body, limits.DecodeLimits, out var key, out _))
        {
            return key.Encoded.ToArray();
        }

        RefuseKey("the public key exceeds the limit on keys");
        return null;
    }

    private byte[]? PassPrivateKey(ReadOnlySpan<byte> body)
    {
        if (!options.PrivateKeys)
        {
            tally.PrivateKeysLeftOut++;
            return null;
        }

        if (PrivateKey.TryDecode(body, limits.DecodeLimits, out var key, out _))
        {
            tally.PrivateKeys++;
            return key.Encode();
        }

        RefuseKey("the private key exceeds the limit on keys");
        return null;
    }

    private void RefuseKey(string reason)
    {
        tally.OthersRefused++;
        tally.Note(reason);
        PeerstoreMeter.CountRefused(nameof(PeerstoreOptions.DecodeLimits));
    }

    private string[] PassProtocols(string[] protocols)
    {
        var limit = protocols.Length > limits.MaxProtocolsPerPeer ? nameof(PeerstoreOptions.MaxProtocolsPerPeer)
            : !BookRules.AreShortEnough(protocols, limits) ? nameof(PeerstoreOptions.MaxProtocolIdLength)
            : null;
        if (limit is null)
        {
            return protocols;
        }

        tally.OthersRefused++;
        tally.Note("the protocols are too many, or one is too long");
        PeerstoreMeter.CountRefused(limit);
        return [];
    }

    private List<(ReadOnlyMemory<byte> Key, StoredValue Value)> PassMetadata(ReadOnlySpan<byte> body)
    {
        List<(ReadOnlyMemory<byte> Key, StoredValue Value)> values = [];
        var (tooMany, tooLarge) = (0, 0);
        var cursor = new EntryCursor(body);
        while (!cursor.IsAtEnd)
        {
            var key = cursor.TakeBytes();
            var kind = (StoredValueKind)cursor.TakeByte();
            var value = cursor.TakeBytes();
            if (key.Length + value.Length > limits.MaxMetadataBytes)
            {
                tooLarge++;
            }
            else if (values.Count >= limits.MaxMetadataKeysPerPeer)
            {
                tooMany++;
            }
            else
            {
                values.Add((key.ToArray(), new StoredValue(kind, value.ToArray())));
            }
        }

        tally.CountRefusedValues(tooMany, tooLarge, nameof(PeerstoreOptions.MaxMetadataBytes));
        return values;
    }
}

using static Libp2p.Peerstore.Testing.Given;

namespace Libp2p.Peerstore.Testing;

/// <summary>Which signed records are taken, and what of them can be seen.</summary>
internal static class RecordChecks
{
    private const string Accepted = "The `accepted` return value indicates that the record was successfully processed.";

    private const string Ignored =
        "If `accepted` is false but no error is returned, it means that the record was ignored, most likely because a newer "
        + "record exists for the same peer with a greater seq value.";

    private const string NothingFormer =
        "Note: Future calls to ConsumePeerRecord will not expire self-certified addresses from the previous calls.";

    public static CheckList All { get; } = new()
    {
        {
            "ConsumePeerRecord stores a signed peer record and the contained addresses for ttl duration.",
            A_record_is_stored_with_its_addresses
        },
        {
            "The Envelopes containing the signed peer records can be retrieved by calling GetPeerRecord(peerID).",
            A_record_is_kept_byte_for_byte
        },
        {
            "GetPeerRecord returns an Envelope containing a peer record for the peer, or nil if no record exists.",
            A_peer_without_a_record_has_none
        },
        {
            "Note that since Peerstore embeds the AddrBook interface, you can also call GetCertifiedAddrBook(myPeerstore).",
            The_store_has_a_certified_address_book
        },
        { Accepted, A_record_with_a_higher_sequence_takes_the_place_of_the_former },
        { Accepted, Another_record_with_the_same_sequence_is_accepted },
        { Accepted, The_same_bytes_again_renew_the_addresses_and_bring_back_lost_ones },
        { Ignored, A_record_with_a_lower_sequence_is_ignored },
        { NothingFormer, A_newer_record_leaves_the_addresses_of_the_former },
        { "They are dropped, endless ones excepted", A_newer_record_replaces_the_former_addresses_by_option },
        { "A record is verified before anything of it is visible.", Nothing_of_a_record_that_cannot_be_verified_is_visible },
        { "A record is verified before anything of it is visible.", A_record_about_another_peer_than_its_signer_is_refused },
        {
            "CertifiedAddrBook manages signed peer records and \"self-certified\" addresses contained within them.",
            The_addresses_of_a_record_are_its_peer_s_with_or_without_suffix
        },
    };

    private static async Task A_record_is_stored_with_its_addresses(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var record = Record(Key(), 7, Tcp, Quic);
        Expect.Equal(RecordOutcome.Accepted, await s.Records.ConsumeAsync(record.Envelope.Bytes, Hour));
        Expect.List(Texts(Tcp, Quic), await s.TextsAsync(record.Peer));
        var details = await s.Addresses.GetDetailsAsync(record.Peer);
        Expect.That(details.All(static address => address.IsCertified), "certified addresses", string.Join(", ", details));
        var opened = Record(Key(), 7, Tcp);
        Expect.Equal(RecordOutcome.Accepted, await s.Records.ConsumeAsync(opened, Hour));
        Expect.List(Texts(Tcp), await s.TextsAsync(opened.Peer));
    }

    private static async Task A_record_is_kept_byte_for_byte(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        foreach (var type in (KeyType[])[KeyType.Ed25519, KeyType.Secp256k1, KeyType.Ecdsa, KeyType.Rsa])
        {
            var record = Record(Key(type), 7, Tcp);
            var bytes = record.Envelope.Bytes.ToArray();
            await s.Records.ConsumeAsync(bytes, Hour);
            bytes.AsSpan().Clear();
            Expect.Bytes(record.Envelope.Bytes, (await s.Records.GetRecordAsync(record.Peer))?.Bytes);
        }
    }

    private static async Task A_peer_without_a_record_has_none(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        Expect.Equal(null, await s.Records.GetRecordAsync(peer));
        await s.AddAsync(peer, Hour, Tcp);
        Expect.Equal(null, await s.Records.GetRecordAsync(peer));
        Expect.Equal(null, await s.Records.GetRecordAsync(default));
    }

    private static async Task The_store_has_a_certified_address_book(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        Expect.That(s.Addresses.TryGetCertified(out var certified), "a certified address book", "none");
        Expect.That(certified is not null, "a certified address book", "true and null");
    }

    private static async Task A_record_with_a_higher_sequence_takes_the_place_of_the_former(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var key = Key();
        await s.Records.ConsumeAsync(Record(key, 1, Tcp), Hour);
        var newer = Record(key, 999_999_999_999_999_999, Quic);
        Expect.Equal(RecordOutcome.Accepted, await s.Records.ConsumeAsync(newer.Envelope.Bytes, Hour));
        Expect.Bytes(newer.Envelope.Bytes, (await s.Records.GetRecordAsync(newer.Peer))?.Bytes);
        var certified = (await s.Addresses.GetDetailsAsync(newer.Peer)).Where(static address => address.IsCertified);
        Expect.List([Quic], certified.Select(static address => address.Address));
    }

    private static async Task Another_record_with_the_same_sequence_is_accepted(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var key = Key();
        await s.Records.ConsumeAsync(Record(key, 7, Tcp), Hour);
        var other = Record(key, 7, Quic);
        Expect.Equal(RecordOutcome.Accepted, await s.Records.ConsumeAsync(other, Hour));
        Expect.Bytes(other.Envelope.Bytes, (await s.Records.GetRecordAsync(other.Peer))?.Bytes);
    }

    private static async Task The_same_bytes_again_renew_the_addresses_and_bring_back_lost_ones(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var record = Record(Key(), 7, Tcp, Quic);
        await s.Records.ConsumeAsync(record.Envelope.Bytes, Minute);
        await s.Addresses.SetAsync(record.Peer, [Quic], TimeSpan.Zero);
        s.Clock.Advance(Minute - Tick);
        Expect.Equal(RecordOutcome.Refreshed, await s.Records.ConsumeAsync(record.Envelope.Bytes, Minute));
        s.Clock.Advance(Minute - Tick);
        Expect.List(Texts(Tcp, Quic), await s.TextsAsync(record.Peer));
    }

    private static async Task A_record_with_a_lower_sequence_is_ignored(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var key = Key();
        var newer = Record(key, 7, Tcp);
        var older = Record(key, 6, Tcp, Quic);
        await s.Records.ConsumeAsync(newer, Minute);
        Expect.Equal(RecordOutcome.Stale, await s.Records.ConsumeAsync(older, Hour));
        Expect.Equal(RecordOutcome.Stale, await s.Records.ConsumeAsync(older.Envelope.Bytes, Hour));
        Expect.Bytes(newer.Envelope.Bytes, (await s.Records.GetRecordAsync(newer.Peer))?.Bytes);
        Expect.List(Texts(Tcp), await s.TextsAsync(newer.Peer));
        s.Clock.Advance(Minute);
        Expect.None(await s.Addresses.GetAsync(newer.Peer));
    }

    private static async Task A_newer_record_leaves_the_addresses_of_the_former(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var key = Key();
        await s.Records.ConsumeAsync(Record(key, 1, Tcp, Quic), Hour);
        var newer = Record(key, 2, Six);
        await s.Records.ConsumeAsync(newer, Minute);
        Expect.List(Texts(Tcp, Quic, Six), await s.TextsAsync(newer.Peer));
        s.Clock.Advance(Hour - Tick);
        Expect.List(Texts(Tcp, Quic), await s.TextsAsync(newer.Peer));
    }

    private static async Task A_newer_record_replaces_the_former_addresses_by_option(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { NewerRecord = NewerRecordRule.ReplaceFormer });
        var key = Key();
        var former = Record(key, 1, Tcp, Quic, Address(1));
        await s.Records.ConsumeAsync(former, Hour);
        await s.Addresses.SetAsync(former.Peer, [Quic], AddressTtl.Connected);
        await s.AddAsync(former.Peer, Hour, Address(2));
        await s.Records.ConsumeAsync(Record(key, 2, Six, Address(1)), Hour);
        Expect.List(Texts(Quic, Six, Address(1), Address(2)), await s.TextsAsync(former.Peer));
    }

    private static async Task Nothing_of_a_record_that_cannot_be_verified_is_visible(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var key = Key();
        var bytes = Record(key, 7, Tcp).Envelope.Bytes.ToArray();
        bytes[^1] ^= 1;
        Expect.Equal(RecordOutcome.BadSignature, await s.Records.ConsumeAsync(bytes, Hour));
        Expect.Equal(RecordOutcome.Malformed, await s.Records.ConsumeAsync(bytes.AsMemory(0, 40), Hour));
        Expect.Equal(RecordOutcome.TooLarge, await s.Records.ConsumeAsync(new byte[1 << 20], Hour));
        var domain = SignedEnvelope.Seal(key, "another-domain", PeerRecord.PayloadType, [1, 2, 3]);
        Expect.Equal(RecordOutcome.BadSignature, await s.Records.ConsumeAsync(domain.Bytes, Hour));
        var type = SignedEnvelope.Seal(key, PeerRecord.Domain, [9, 9], [1, 2, 3]);
        Expect.Equal(RecordOutcome.WrongPayloadType, await s.Records.ConsumeAsync(type.Bytes, Hour));
        Expect.None(await s.PeersAsync());
    }

    private static async Task A_record_about_another_peer_than_its_signer_is_refused(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var victim = Record(Key(), 7, Tcp);
        var forged = SignedEnvelope.Seal(Key(), PeerRecord.Domain, PeerRecord.PayloadType, victim.Envelope.Payload.Span);
        Expect.Equal(RecordOutcome.WrongSigner, await s.Records.ConsumeAsync(forged.Bytes, Hour));
        Expect.None(await s.PeersAsync());
    }

    private static async Task The_addresses_of_a_record_are_its_peer_s_with_or_without_suffix(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var key = Key();
        var peer = PeerId.FromPublicKey(key.PublicKey);
        var record = Record(key, 7, Tcp, Quic.WithPeer(peer), Six.WithPeer(Peer()));
        Expect.Equal(RecordOutcome.Accepted, await s.Records.ConsumeAsync(record.Envelope.Bytes, Hour));
        Expect.List(Texts(Tcp, Quic), await s.TextsAsync(peer));
    }
}

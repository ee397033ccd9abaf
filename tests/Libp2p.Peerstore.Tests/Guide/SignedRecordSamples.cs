namespace Libp2p.Peerstore.Tests;

public class SignedRecordSamples
{
    [Fact]
    public async Task Taking_a_record_and_passing_it_on()
    {
        await using var store = MemoryPeerstore.Create();
        var received = Sample.Record(Sample.NewKey(), 1, Sample.Tcp).Envelope.Bytes.ToArray();
        var sent = Array.Empty<byte>();
        void Send(ReadOnlyMemory<byte> bytes) => sent = bytes.ToArray();
        #region records-consume
        if (store.Addresses.TryGetCertified(out var records))
        {
            var outcome = await records.ConsumeAsync(received, AddressTtl.Address);
            if (outcome is RecordOutcome.BadSignature or RecordOutcome.WrongSigner)
            {
                Console.WriteLine("Somebody lies.");
            }
        }
        #endregion

        Assert.NotNull(records);
        var peer = await store.GetPeersAsync().FirstAsync(TestContext.Current.CancellationToken);
        #region records-pass-on
        // Byte for byte as it was received: the signature holds for whoever gets it next.
        if (await records.GetRecordAsync(peer) is { } envelope)
        {
            Send(envelope.Bytes);
        }
        #endregion

        Assert.Equal(received, sent);
    }

    [Fact]
    public async Task Sealing_an_own_record()
    {
        var (key, listenAddresses) = (Sample.NewKey(), new[] { Sample.Tcp });
        var saved = 0UL;
        ulong Load() => saved;
        void Save(ulong last) => saved = last;
        #region records-seal
        // A later record needs a higher number, also after a restart under a clock that was set back.
        var clock = new PeerRecordClock(last: Load());
        var record = PeerRecord.Seal(key, clock, listenAddresses);
        Save(clock.Last);
        #endregion

        #region records-replace
        await using var store = MemoryPeerstore.Create(new() { NewerRecord = NewerRecordRule.ReplaceFormer });
        #endregion

        Assert.True(store.Addresses.TryGetCertified(out var records));
        Assert.Equal(RecordOutcome.Accepted, await records.ConsumeAsync(record, AddressTtl.Address));
        Assert.Equal(record.Sequence, Load());
    }
}

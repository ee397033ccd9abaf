namespace Libp2p.Peerstore;

/// <summary>A verified record that is offered, its addresses, and what is to become of the former record's.</summary>
internal readonly record struct RecordOffer(StoredRecord Record, AddressOffer Addresses, NewerRecordRule Rule);

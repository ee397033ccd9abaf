namespace Peerstore.Cli.Output;

/// <summary>The signed record of a peer as it is shown.</summary>
/// <param name="Sequence">Its sequence number, in decimal: it does not fit in the numbers of many JSON readers.</param>
/// <param name="Addresses">The addresses it certifies.</param>
/// <param name="Envelope">The envelope as it was received; base64 in JSON.</param>
internal sealed record RecordView(string Sequence, IReadOnlyList<string> Addresses, byte[] Envelope);

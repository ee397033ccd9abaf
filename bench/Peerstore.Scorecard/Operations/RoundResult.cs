namespace Peerstore.Scorecard.Operations;

/// <summary>One round of an operation.</summary>
/// <param name="NsPerOp">Nanoseconds for each.</param>
/// <param name="BytesPerOp">Bytes allocated for each.</param>
internal readonly record struct RoundResult(double NsPerOp, double BytesPerOp);

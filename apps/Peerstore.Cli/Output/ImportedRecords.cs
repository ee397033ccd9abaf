namespace Peerstore.Cli.Output;

/// <summary>What became of the signed records of an export.</summary>
/// <param name="Accepted">Those that were taken.</param>
/// <param name="Stale">Those that are older than the ones that are there.</param>
/// <param name="Refused">Those that are not good, or found no room.</param>
internal sealed record ImportedRecords(long Accepted, long Stale, long Refused);

namespace Peerstore.Cli.Ingest;

/// <summary>Why a line was not stored.</summary>
/// <param name="Reason">One of <see cref="Reasons"/>: what is counted.</param>
/// <param name="Detail">What is wrong with this line in particular; may hold text of the line, as it came.</param>
internal readonly record struct LineProblem(string Reason, string Detail);

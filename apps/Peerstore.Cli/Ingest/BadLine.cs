namespace Peerstore.Cli.Ingest;

/// <summary>A line of which nothing was stored.</summary>
/// <param name="Line">Its number; the first line of a file has 1.</param>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
/// <param name="Detail">What is wrong with it in particular; may hold text of the line, as it came.</param>
internal sealed record BadLine(long Line, string Reason, string Detail);

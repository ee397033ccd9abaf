namespace Peerstore.Cli.Output;

/// <summary>What became of the addresses of an export.</summary>
/// <param name="Added">Those that were new.</param>
/// <param name="Renewed">Those that live longer now.</param>
/// <param name="Ended">Those that had ended.</param>
/// <param name="LeftOut">Those that were not taken.</param>
/// <param name="Shortened">Those that were to live longer than is taken; counted among the others, too.</param>
internal sealed record ImportedAddresses(long Added, long Renewed, long Ended, long LeftOut, long Shortened);

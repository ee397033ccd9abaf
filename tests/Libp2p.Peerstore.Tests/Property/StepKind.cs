namespace Libp2p.Peerstore.Tests;

internal enum StepKind
{
    Operate,
    Advance,
    Sweep,
    Reopen,
    Move,
    Read,
}

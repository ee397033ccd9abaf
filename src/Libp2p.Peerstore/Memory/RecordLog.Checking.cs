using System.Runtime.InteropServices;

namespace Libp2p.Peerstore;

/// <summary>Whether a log's blocks hold what it counts.</summary>
internal sealed unsafe partial class RecordLog
{
    /// <summary>Walks all blocks: what lives must be what is counted.</summary>
    public void Check(List<string> faults)
    {
        long live = 0;
        foreach (ref readonly var block in CollectionsMarshal.AsSpan(_blocks))
        {
            var inBlock = 0;
            for (var at = 0; at < block.Used;)
            {
                var frame = new ReadOnlySpan<byte>(block.Start + at, block.Used - at);
                var space = Frame.SpaceOf(Frame.LengthOf(frame));
                inBlock += Frame.IsDead(frame) ? 0 : space;
                at += Math.Max(space, Frame.Alignment);
            }

            live += inBlock;
            if (inBlock != block.Live)
            {
                faults.Add($"a block holds {inBlock} live bytes and counts {block.Live}");
            }
        }

        if (live != Live)
        {
            faults.Add($"{live} bytes live and {Live} are counted");
        }
    }
}

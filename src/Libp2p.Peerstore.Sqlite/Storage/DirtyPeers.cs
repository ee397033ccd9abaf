namespace Libp2p.Peerstore.Sqlite;

/// <summary>The peers of which memory knows more than the file.</summary>
/// <remarks>
/// <para>
/// Spread over stripes, so that callers seldom meet and no set grows at one go by much. A stripe is a range of IDs as they
/// are sorted in the file: what is taken together touches few pages. Somebody who makes IDs that fall into the same
/// stripe gains a longer look-up for nobody, only a lock that is asked for more often.
/// </para>
/// <para>
/// A round of writing takes what has changed by then; what changes while a round is in work belongs to the next one, whether
/// it has been encoded already or not.
/// </para>
/// </remarks>
internal sealed class DirtyPeers
{
    private const int StripeCount = 64;

    /// <summary>What a burst needed is not kept for ever.</summary>
    private const int MaxKept = 256;

    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, StripeCount).Select(static _ => new Stripe())];
    private int _changed;
    private int _renewed;
    private int _inWork;

    /// <summary>All that are not in the file as they are in memory.</summary>
    public int Count => Changed + Volatile.Read(ref _renewed) + InWork;

    /// <summary>Those that wait for the next round.</summary>
    public int Changed => Volatile.Read(ref _changed);

    /// <summary>Whether there are peers of which only lifetimes changed, which may wait.</summary>
    public bool HasRenewed => Volatile.Read(ref _renewed) > 0;

    /// <summary>How many peers the round has left.</summary>
    public int InWork => Volatile.Read(ref _inWork);

    /// <summary>Notes a peer.</summary>
    /// <returns>How many wait for the next round now; 0 if this one did already, or may wait longer.</returns>
    public int Note(in PeerId peer, bool mayWait)
    {
        var stripe = StripeOf(peer);
        lock (stripe.Gate)
        {
            if (mayWait)
            {
                if (!stripe.Changed.Contains(peer) && stripe.Renewed.Add(peer))
                {
                    Interlocked.Increment(ref _renewed);
                }

                return 0;
            }

            if (!stripe.Changed.Add(peer))
            {
                return 0;
            }

            if (stripe.Renewed.Remove(peer))
            {
                Interlocked.Decrement(ref _renewed);
            }
        }

        return Interlocked.Increment(ref _changed);
    }

    /// <summary>The number of the round with which a peer will be in the file as it is now; 0 where it is.</summary>
    public long RoundOf(in PeerId peer)
    {
        var stripe = StripeOf(peer);
        lock (stripe.Gate)
        {
            return stripe.Changed.Contains(peer) ? stripe.Round + 1
                : stripe.InWork.Contains(peer) ? stripe.Round
                : 0;
        }
    }

    /// <summary>Begins a round; the former one is over.</summary>
    public void BeginRound(long round, bool withRenewed)
    {
        foreach (var stripe in _stripes)
        {
            lock (stripe.Gate)
            {
                stripe.Round = round;
                (stripe.Changed, stripe.InWork) = (stripe.InWork, stripe.Changed);
                Interlocked.Add(ref _inWork, stripe.InWork.Count);
                Interlocked.Add(ref _changed, -stripe.InWork.Count);
                if (withRenewed && stripe.Renewed.Count > 0)
                {
                    stripe.InWork.UnionWith(stripe.Renewed);
                    Interlocked.Add(ref _inWork, stripe.Renewed.Count);
                    Interlocked.Add(ref _renewed, -stripe.Renewed.Count);
                    Stripe.Empty(ref stripe.Renewed);
                }
            }
        }
    }

    /// <summary>Copies some of the round's peers; the same again until they are <see cref="Written"/>.</summary>
    public Span<PeerId> Take(PeerId[] into)
    {
        var taken = 0;
        foreach (var stripe in _stripes)
        {
            lock (stripe.Gate)
            {
                foreach (var peer in stripe.InWork)
                {
                    if (taken == into.Length)
                    {
                        return into;
                    }

                    into[taken++] = peer;
                }
            }
        }

        return into.AsSpan(0, taken);
    }

    /// <summary>Some of the round are in the file.</summary>
    public void Written(ReadOnlySpan<PeerId> peers)
    {
        foreach (ref readonly var peer in peers)
        {
            var stripe = StripeOf(peer);
            lock (stripe.Gate)
            {
                stripe.InWork.Remove(peer);
                if (stripe.InWork.Count == 0)
                {
                    Stripe.Empty(ref stripe.InWork);
                }
            }
        }

        Interlocked.Add(ref _inWork, -peers.Length);
    }

    /// <summary>The round has failed: what is left of it belongs to the next one.</summary>
    public void PutBack()
    {
        foreach (var stripe in _stripes)
        {
            lock (stripe.Gate)
            {
                Interlocked.Add(ref _inWork, -stripe.InWork.Count);
                foreach (var peer in stripe.InWork)
                {
                    if (stripe.Changed.Add(peer))
                    {
                        Interlocked.Increment(ref _changed);
                    }

                    if (stripe.Renewed.Remove(peer))
                    {
                        Interlocked.Decrement(ref _renewed);
                    }
                }

                Stripe.Empty(ref stripe.InWork);
            }
        }
    }

    /// <summary>By the first byte that differs among IDs of a kind: behind the head of a hash, or of the key that an ID holds.</summary>
    private Stripe StripeOf(in PeerId peer)
    {
        const int HashLength = 34;
        const int Secp256k1Length = 37;
        var bytes = peer.Bytes;
        var first = bytes.Length switch
        {
            HashLength => 2,
            Secp256k1Length => 7,
            _ => 6,
        };
        return _stripes[bytes[Math.Min(first, bytes.Length - 1)] * StripeCount >> 8];
    }

    private sealed class Stripe
    {
        // Guards: the sets, and the number.
        // Order:  may be taken under a shard's gate; nothing else is taken under it.
        // Never under the gate: I/O, await, completing a task.
        public readonly Lock Gate = new();
        public HashSet<PeerId> Changed = [];
        public HashSet<PeerId> Renewed = [];
        public HashSet<PeerId> InWork = [];
        public long Round;

        public static void Empty(ref HashSet<PeerId> peers)
        {
            if (peers.Capacity > MaxKept)
            {
                peers = [];
            }
            else
            {
                peers.Clear();
            }
        }
    }
}

using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

public class DirtyPeersTests
{
    private readonly DirtyPeers _dirty = new();
    private readonly PeerId _peer = Sample.NewPeer();

    [Fact]
    public void A_peer_is_counted_once_however_often_it_changes()
    {
        Assert.Equal(1, _dirty.Note(_peer, mayWait: false));
        Assert.Equal(0, _dirty.Note(_peer, mayWait: false));
        Assert.Equal(0, _dirty.Note(_peer, mayWait: true));
        Assert.Equal(1, _dirty.Count);
        Assert.False(_dirty.HasRenewed);
    }

    [Fact]
    public void A_renewal_waits_until_a_round_takes_it_or_a_change_follows()
    {
        Assert.Equal(0, _dirty.Note(_peer, mayWait: true));
        Assert.True(_dirty.HasRenewed);
        _dirty.BeginRound(1, withRenewed: false);
        Assert.Equal(0, _dirty.InWork);

        Assert.Equal(1, _dirty.Note(_peer, mayWait: false));
        Assert.False(_dirty.HasRenewed);
        _dirty.BeginRound(2, withRenewed: false);
        Assert.Equal([_peer], _dirty.Take(new PeerId[2]).ToArray());
        _dirty.Written([_peer]);

        _dirty.Note(_peer, mayWait: true);
        _dirty.BeginRound(3, withRenewed: true);
        Assert.Equal([_peer], _dirty.Take(new PeerId[2]).ToArray());
        _dirty.Written([_peer]);
        Assert.Equal(0, _dirty.Count);
    }

    [Fact]
    public void What_changes_while_a_round_is_in_work_belongs_to_the_next_one()
    {
        Assert.Equal(0, _dirty.RoundOf(_peer));
        _dirty.Note(_peer, mayWait: false);
        Assert.Equal(1, _dirty.RoundOf(_peer));
        _dirty.BeginRound(1, withRenewed: false);
        Assert.Equal(1, _dirty.RoundOf(_peer));
        _dirty.Note(_peer, mayWait: false);
        Assert.Equal(2, _dirty.RoundOf(_peer));
        _dirty.Written([_peer]);
        Assert.Equal(1, _dirty.Count);
        Assert.Equal(2, _dirty.RoundOf(_peer));
    }

    [Fact]
    public void What_a_round_could_not_write_is_in_the_next_one_and_counted_once()
    {
        var peers = Enumerable.Range(0, 100).Select(static _ => Sample.NewPeer()).ToArray();
        Assert.All(peers, peer => _dirty.Note(peer, mayWait: false));
        _dirty.BeginRound(1, withRenewed: false);
        var written = _dirty.Take(new PeerId[30]).ToArray();
        _dirty.Written(written);
        var left = peers.Except(written).ToArray();
        _dirty.Note(left[0], mayWait: false);
        _dirty.Note(left[1], mayWait: true);
        _dirty.PutBack();

        Assert.Equal(70, _dirty.Count);
        Assert.Equal(70, _dirty.Changed);
        Assert.Equal(0, _dirty.RoundOf(written[0]));
        _dirty.BeginRound(2, withRenewed: false);
        Assert.Equal(left.ToHashSet(), _dirty.Take(new PeerId[200]).ToArray().ToHashSet());
    }
}

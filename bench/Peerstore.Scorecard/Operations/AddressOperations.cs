using Libp2p;
using Libp2p.Peerstore;
using Peerstore.Scorecard.Data;

namespace Peerstore.Scorecard.Operations;

/// <summary>The operations of the address book.</summary>
/// <param name="store">The store, filled.</param>
/// <param name="data">The peers in it.</param>
/// <param name="peers">How many they are; higher numbers are unknown to the store.</param>
internal sealed class AddressOperations(IPeerstore store, WireData data, int peers)
{
    private const int All = WireData.AddressCount;
    private readonly IAddressBook _addresses = store.Addresses;
    private readonly List<PeerId> _newIds = [];
    private int _newPeers;

    /// <summary>All of them.</summary>
    public IEnumerable<Operation> Create() =>
    [
        Hit(), Miss(), Info(), Refresh(), AddNew(), Set(),
        Update("UpdateAddrs-connected-to-temp", AddressTtl.Connected, AddressTtl.Temporary),
        Update("UpdateAddrs-temp-to-connected", AddressTtl.Temporary, AddressTtl.Connected),
        Clear(),
    ];

    private AskingOperation<IReadOnlyList<Multiaddr>> Hit() => new()
    {
        Name = "Addrs-hit",
        Ask = (batch, i) => _addresses.GetAsync(batch.Ids[i]),
        IsRight = static (_, _, answer) => answer.Count == All,
    };

    private AskingOperation<IReadOnlyList<Multiaddr>> Miss() => new()
    {
        Name = "Addrs-miss",
        Ids = number => data.Id(peers + number),
        Ask = (batch, i) => _addresses.GetAsync(batch.Ids[i]),
        IsRight = static (_, _, answer) => answer.Count == 0,
    };

    private AskingOperation<AddressInfo> Info() => new()
    {
        Name = "PeerInfo",
        Ask = (batch, i) => store.GetInfoAsync(batch.Ids[i]),
        IsRight = static (batch, i, answer) => answer.Addresses.Count == All && answer.Peer == batch.Ids[i],
    };

    private AskingOperation<AddressChanges> Refresh() => new()
    {
        Name = "AddAddrs-refresh",
        PrepareAsync = ReadAddresses,
        Ask = (batch, i) => _addresses.AddAsync(batch.Ids[i], batch.Addresses[i], AddressTtl.Address),
        IsRight = static (_, _, answer) => answer.Renewed + answer.Unchanged == All,
    };

    private AskingOperation<AddressChanges> AddNew() => new()
    {
        Name = "AddAddrs-new-peer",
        PrepareAsync = batch =>
        {
            for (var i = 0; i < batch.Count; i++)
            {
                batch.Numbers[i] = peers + _newPeers++;
                batch.Ids[i] = data.Id(batch.Numbers[i]);
            }

            return ReadAddresses(batch);
        },
        Ask = (batch, i) => _addresses.AddAsync(batch.Ids[i], batch.Addresses[i], AddressTtl.Address),
        IsRight = static (_, _, answer) => answer.Added == All,
        SettleAsync = async batch =>
        {
            _newIds.AddRange(batch.Ids);
            if (_newIds.Count >= Math.Min(peers, Operation.Prepared))
            {
                await ForgetNew();
            }

            return 0;
        },
        TearDownAsync = ForgetNew,
    };

    // Only now and then: a place that was left a moment ago is still in the cache, unlike where a store grows.
    private async ValueTask ForgetNew()
    {
        foreach (var id in _newIds)
        {
            await _addresses.ClearAsync(id);
        }

        _newIds.Clear();
    }

    private AskingOperation<AddressChanges> Set() => new()
    {
        Name = "SetAddrs",
        PrepareAsync = ReadAddresses,
        Ask = (batch, i) => _addresses.SetAsync(batch.Ids[i], batch.Addresses[i], AddressTtl.Address),
        IsRight = static (_, _, answer) => answer.Renewed + answer.Unchanged == All,
    };

    private AskingOperation<AddressChanges> Update(string name, TimeSpan from, TimeSpan to) => new()
    {
        Name = name,
        BatchSize = Operation.Prepared,
        PrepareAsync = async batch => WrongAnswerException.ThrowIfAny(name, await UpdateAll(batch, AddressTtl.Address, from)),
        Ask = (batch, i) => _addresses.UpdateAsync(batch.Ids[i], from, to),
        IsRight = static (_, _, answer) => answer.Renewed == All,
        SettleAsync = batch => UpdateAll(batch, to, AddressTtl.Address),
    };

    private TellingOperation Clear() => new()
    {
        Name = "ClearAddrs",
        BatchSize = Operation.Prepared,
        Tell = (batch, i) => _addresses.ClearAsync(batch.Ids[i]),
        SettleAsync = async batch =>
        {
            var wrong = 0;
            for (var i = 0; i < batch.Count; i++)
            {
                wrong += (await _addresses.GetAsync(batch.Ids[i])).Count;
                await _addresses.AddAsync(batch.Ids[i], data.Addresses(batch.Numbers[i]), AddressTtl.Address);
            }

            return wrong;
        },
    };

    private ValueTask ReadAddresses(OperationBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            batch.Addresses[i] = data.Addresses(batch.Numbers[i]);
        }

        return ValueTask.CompletedTask;
    }

    private async ValueTask<int> UpdateAll(OperationBatch batch, TimeSpan from, TimeSpan to)
    {
        var wrong = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            wrong += (await _addresses.UpdateAsync(batch.Ids[i], from, to)).Renewed == All ? 0 : 1;
        }

        return wrong;
    }
}

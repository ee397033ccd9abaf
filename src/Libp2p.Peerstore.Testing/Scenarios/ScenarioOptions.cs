using System.Text.Json;

namespace Libp2p.Peerstore.Testing;

/// <summary>Reads the options of a scenario.</summary>
internal static class ScenarioOptions
{
    /// <summary>The options of a store that behaves as go's: it sweeps when told to, a newer record replaces, any number may be next.</summary>
    public static PeerstoreOptions LikeGo { get; } = new()
    {
        NewerRecord = NewerRecordRule.ReplaceFormer,
        WhenFull = FullPolicy.RefuseNew,
        SweepInterval = TimeSpan.FromDays(20),
        MaxSequenceAhead = TimeSpan.Zero,
    };

    public static PeerstoreOptions Read(JsonElement document)
    {
        var options = LikeGo;
        if (document.Optional("options") is not { ValueKind: JsonValueKind.Object } given)
        {
            return options;
        }

        foreach (var option in given.EnumerateObject())
        {
            var value = (int)Math.Clamp(given.Number(option.Name), int.MinValue, int.MaxValue);
            options = option.Name switch
            {
                "maxAddresses" => options with { MaxAddresses = value },
                "maxAddressesPerPeer" => options with { MaxAddressesPerPeer = value },
                "maxSignedPeerRecords" => options with { MaxSignedRecords = value },
                "maxProtocols" => options with { MaxProtocolsPerPeer = value },
                _ => throw new DocumentException($"there is no option \"{option.Name}\""),
            };
        }

        return options;
    }
}

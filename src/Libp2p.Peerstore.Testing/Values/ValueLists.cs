using System.Text.Json;

namespace Libp2p.Peerstore.Testing;

/// <summary>Goes through the lists of a values document; one item is one check.</summary>
internal static class ValueLists
{
    public static void Check(
        JsonElement document,
        string list,
        CheckLog log,
        Action<JsonElement, ItemCheck> check,
        CancellationToken cancellationToken)
    {
        var index = 0;
        foreach (var item in document.Items(list))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var itemCheck = new ItemCheck();
            try
            {
                check(item, itemCheck);
                itemCheck.Report(log, index, list);
            }
            catch (DocumentException exception)
            {
                log.Fail(index, list, "an item that can be read", exception.Message);
            }

            index++;
        }
    }
}

using System.CommandLine;
using Peerstore.Scorecard.Data;

namespace Peerstore.Scorecard.Commands;

/// <summary>The options that several commands have, made anew for each.</summary>
internal static class CommonOptions
{
    /// <summary>Peers in the store, where nothing else is said.</summary>
    public const int UsualPeers = 100_000;

    /// <summary>How many peers.</summary>
    /// <param name="usual">The number where none is given, in words.</param>
    public static Option<int?> Peers(string usual = "100000") =>
        Positive<int>("--peers", $"Peers in the store; {usual} where none are given.");

    /// <summary>How long.</summary>
    /// <param name="what">What takes so long.</param>
    public static Option<double?> Seconds(string what) => Positive<double>("--seconds", what);

    /// <summary>How many threads.</summary>
    public static Option<int?> Threads() =>
        Positive<int>("--threads", "Threads; 1, 2, 4 and 8, one after the other, where none are given.");

    /// <summary>Which store.</summary>
    public static Option<StoreKind> Store() => new("--store")
    {
        Description = "The store.",
        HelpName = "memory|sqlite",
        DefaultValueFactory = static _ => StoreKind.Memory,
    };

    /// <summary>The word for a store, as it is written on the command line.</summary>
    /// <param name="kind">The store.</param>
    public static string NameOf(StoreKind kind) => kind == StoreKind.Sqlite ? "sqlite" : "memory";

    private static Option<T?> Positive<T>(string name, string description)
        where T : struct, IComparable<T>
    {
        var option = new Option<T?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<T?>() is { } value && value.CompareTo(default) <= 0)
            {
                result.AddError($"{name} is more than 0.");
            }
        });
        return option;
    }
}

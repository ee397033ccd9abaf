using System.CommandLine;
using System.CommandLine.Parsing;

namespace Peerstore.Cli.Commands;

/// <summary>The options that every command has, made anew for each, and what they are checked by.</summary>
internal static class CommonOptions
{
    /// <summary>Which file.</summary>
    public static Option<string> Db()
    {
        var option = new Option<string>("--db")
        {
            Description = "The file of the peerstore.",
            HelpName = "PATH",
            DefaultValueFactory = _ => "peers.db",
        };
        option.Validators.Add(RefuseEmpty);
        return option;
    }

    /// <summary>In which form.</summary>
    /// <param name="more">What else it does with this command.</param>
    public static Option<bool> Json(string more = "") =>
        new("--json") { Description = "Answer in JSON, one object a line." + more };

    /// <summary>Refuses an empty text, which no path is: a variable of a script that was never set.</summary>
    /// <param name="result">What was written.</param>
    public static void RefuseEmpty(SymbolResult result)
    {
        if (result.Tokens.Any(token => token.Value.Length == 0))
        {
            result.AddError($"{Name(result)} is empty: write the name of a file.");
        }
    }

    /// <summary>Refuses everything but a few words.</summary>
    /// <param name="result">What was written.</param>
    /// <param name="what">What the words are: <c>a store</c>.</param>
    /// <param name="words">The words.</param>
    public static void RefuseOthers(SymbolResult result, string what, params string[] words)
    {
        var other = result.Tokens.FirstOrDefault(token => !words.Contains(token.Value, StringComparer.Ordinal));
        if (other is not null)
        {
            result.AddError($"'{other.Value}' is not {what}: write {string.Join(", ", words[..^1])} or {words[^1]}.");
        }
    }

    private static string Name(SymbolResult result) => result switch
    {
        OptionResult option => option.Option.Name,
        ArgumentResult argument => argument.Argument.Name,
        _ => "This",
    };
}

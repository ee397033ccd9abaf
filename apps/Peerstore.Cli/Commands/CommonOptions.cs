using System.CommandLine;

namespace Peerstore.Cli.Commands;

/// <summary>The options that every command has; made anew for each, since an option belongs to its command.</summary>
internal static class CommonOptions
{
    /// <summary>Which file.</summary>
    public static Option<string> Db() => new("--db")
    {
        Description = "The file of the peerstore.",
        HelpName = "PATH",
        DefaultValueFactory = _ => "peers.db",
    };

    /// <summary>In which form.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Answer in JSON, one object a line." };
}

using System.CommandLine;
using Libp2p.Peerstore.Sqlite;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Commands;

/// <summary>The options of a command that opens a store: which file, and what unlocks it.</summary>
internal sealed class StoreOptions
{
    /// <summary>Which file.</summary>
    public Option<string> Db { get; } = CommonOptions.Db();

    /// <summary>Where the passphrase stands.</summary>
    public Option<string?> PassphraseFile { get; } = MakePassphraseFile();

    /// <summary>How large the file may become. Only for a command that stores.</summary>
    public Option<string> MaxSize { get; } = new("--max-size")
    {
        Description = "The most that the file may have: a number of bytes, or one with K, M or G (of 1024). "
            + "The least valuable peers make room, also where the file has more already.",
        HelpName = "SIZE",
        DefaultValueFactory = _ => SizeText.Format(new SqlitePeerstoreOptions().MaxFileBytes),
    };

    /// <summary>Reads what was written, for a command that stores and so has <see cref="MaxSize"/>.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="host">The process.</param>
    /// <exception cref="CliException">The size is none, or the passphrase cannot be read.</exception>
    public StoreLocation ReadToStore(ParseResult arguments, CliHost host)
    {
        var maxFileBytes = SizeText.ParseMaxFileBytes(arguments.GetRequiredValue(MaxSize));
        return Read(arguments, host) with { MaxFileBytes = maxFileBytes, IsStoredTo = true };
    }

    /// <summary>Reads what was written, for a command that only looks.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="host">The process.</param>
    /// <exception cref="CliException">The passphrase cannot be read.</exception>
    public StoreLocation Read(ParseResult arguments, CliHost host)
    {
        var passphrase = arguments.GetValue(PassphraseFile) is { } file ? Passphrase.Read(file) : host.Passphrase;
        return new(arguments.GetRequiredValue(Db), passphrase);
    }

    private static Option<string?> MakePassphraseFile()
    {
        var option = new Option<string?>("--passphrase-file")
        {
            Description = "The first line of this file is the passphrase of the private keys in the peerstore. "
                + $"Else it is that of the variable {CliHost.PassphraseVariable}.",
            HelpName = "FILE",
        };
        option.Validators.Add(CommonOptions.RefuseEmpty);
        return option;
    }
}

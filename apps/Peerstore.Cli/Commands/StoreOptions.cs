using System.CommandLine;

namespace Peerstore.Cli.Commands;

/// <summary>The options of a command that opens a store: which file, and what unlocks it.</summary>
internal sealed class StoreOptions
{
    /// <summary>Which file.</summary>
    public Option<string> Db { get; } = CommonOptions.Db();

    /// <summary>Where the passphrase stands.</summary>
    public Option<string?> PassphraseFile { get; } = MakePassphraseFile();

    /// <summary>Reads what was written.</summary>
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

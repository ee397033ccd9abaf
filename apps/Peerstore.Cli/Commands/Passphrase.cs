using System.Text;

namespace Peerstore.Cli.Commands;

/// <summary>Reads a passphrase from a file: on a command line, everybody on the machine would see it.</summary>
internal static class Passphrase
{
    private const int MaxBytes = 4096;

    /// <summary>Reads the first line. No message shows anything of it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CliException">There is none, or no text in it.</exception>
    public static string Read(string path)
    {
        using var input = InputFile.Open(path);
        var bytes = new byte[MaxBytes];
        var length = input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var line = bytes.AsSpan(0, length);
        var end = line.IndexOf((byte)'\n');
        if (end < 0 && length == MaxBytes)
        {
            throw new CliException($"The first line of {path} is too long for a passphrase: more than {MaxBytes} bytes.");
        }

        line = line[..(end < 0 ? length : end)].TrimEnd((byte)'\r');
        if (line.IsEmpty)
        {
            throw new CliException($"The first line of {path} is empty: it has to be the passphrase.");
        }

        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(line);
        }
        catch (DecoderFallbackException)
        {
            throw new CliException($"The first line of {path} is not a text in UTF-8: it has to be the passphrase.");
        }
    }
}

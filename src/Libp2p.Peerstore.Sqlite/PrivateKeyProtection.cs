namespace Libp2p.Peerstore.Sqlite;

/// <summary>How the private keys in a file are protected, and what unlocks them.</summary>
/// <remarks>
/// Immutable until it is disposed of, and safe to share between stores and threads. One made of a passphrase holds it until
/// then; the stores that were opened with it hold a key derived from it, and go on.
/// </remarks>
public abstract class PrivateKeyProtection : IDisposable
{
    private protected PrivateKeyProtection()
    {
    }

    /// <summary>No protection: whoever can read the file, or a backup of it, has the keys.</summary>
    public static PrivateKeyProtection StoreInClear { get; } = new ClearProtection();

    /// <summary>
    /// AES-256-GCM with a key from a passphrase: PBKDF2 with HMAC-SHA-512, a random salt, and a count of iterations that
    /// stands in the file.
    /// </summary>
    /// <param name="passphrase">
    /// The passphrase; a copy is kept until disposal. It is taken as it is, in UTF-8: where one letter has several encodings
    /// in Unicode, they are different passphrases.
    /// </param>
    /// <param name="iterations">
    /// For a file that has no passphrase yet; one that has keeps its own count until the passphrase changes. Between 210,000
    /// and 5,000,000. Opening costs their time once, the default about a tenth of a second.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="passphrase"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="iterations"/> is out of bounds.</exception>
    public static PrivateKeyProtection FromPassphrase(
        ReadOnlySpan<char> passphrase, int iterations = PassphraseSettings.DefaultIterations) =>
        new PassphraseProtection(passphrase, iterations);

    /// <summary>Whatever the protector does.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="protector"/> is null.</exception>
    public static PrivateKeyProtection FromProtector(IPrivateKeyProtector protector)
    {
        ArgumentNullException.ThrowIfNull(protector);
        return new ForeignProtection(protector);
    }

    /// <summary>Clears the passphrase from memory. No store can be opened with it any longer.</summary>
    public void Dispose()
    {
        Clear();
        GC.SuppressFinalize(this);
    }

    /// <summary>Begins to protect a file that is not protected so yet: with a salt of its own.</summary>
    /// <exception cref="PeerstoreException">The protector of the application does not work.</exception>
    internal KeySealer Begin()
    {
        var settings = NewSettings();
        var protector = Unlock(settings);
        var verifier = Form is KeyForm.Clear ? [] : protector.Protect(ProtectionParameters.VerifiedText, default);
        var parameters = new ProtectionParameters(Form, settings, verifier);
        if (Form is KeyForm.Clear || (parameters.CanBeStored && parameters.IsVerifiedBy(protector)))
        {
            return new(protector, parameters);
        }

        // Better now than when the keys are needed.
        throw new PeerstoreException(
            PeerstoreError.KeyProtection, "The protector of private keys does not give back what it has protected.");
    }

    /// <summary>Unlocks the keys of a file.</summary>
    /// <param name="path">The file, for the message of an error.</param>
    /// <param name="stored">The parameters that stand in it.</param>
    /// <exception cref="PeerstoreException">
    /// They are damaged; the keys are protected in another way; or it is another passphrase or protector.
    /// </exception>
    internal KeySealer Open(string path, ReadOnlySpan<byte> stored)
    {
        if (!ProtectionParameters.TryRead(stored, out var parameters, out var damage))
        {
            throw new PeerstoreException(
                PeerstoreError.Damaged, $"The parameters of the private keys in {path} are damaged: {damage}.");
        }

        if (parameters.Form != Form)
        {
            throw new PeerstoreException(
                PeerstoreError.KeyProtection,
                $"The private keys in {path} are {Describe(parameters.Form)}, and the store is to be opened with keys that are {Describe(Form)}.");
        }

        var protector = Unlock(parameters.Settings);
        if (Form is KeyForm.Clear || parameters.IsVerifiedBy(protector))
        {
            return new(protector, parameters);
        }

        (protector as IDisposable)?.Dispose();
        throw new PeerstoreException(
            PeerstoreError.WrongPassphrase,
            Form is KeyForm.Passphrase
                ? $"This is not the passphrase of the private keys in {path}."
                : $"This is not the protector of the private keys in {path}.");
    }

    private protected abstract KeyForm Form { get; }

    private protected abstract byte[] NewSettings();

    private protected abstract IPrivateKeyProtector Unlock(ReadOnlySpan<byte> settings);

    private protected virtual void Clear()
    {
    }

    private static string Describe(KeyForm form) => form switch
    {
        KeyForm.Clear => "stored in clear",
        KeyForm.Passphrase => "protected by a passphrase",
        _ => "protected by a protector of the application",
    };
}

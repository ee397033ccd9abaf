using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Libp2p.Protobuf;

namespace Libp2p;

/// <summary>A payload with a signature that has been verified (libp2p's RFC 0002).</summary>
/// <remarks>
/// There is no other way to one than <see cref="TryOpen(ReadOnlyMemory{byte}, string, DecodeLimits, out
/// SignedEnvelope?, out DecodeError)"/>,
/// which verifies, and <see cref="Seal"/>, which signs; so nobody can read a payload that nobody signed. What the
/// payload says about others than the signer is for its reader to judge. Immutable; safe to share between threads.
/// </remarks>
public sealed class SignedEnvelope
{
    private SignedEnvelope(UnverifiedEnvelope parts, string domain, byte[] bytes)
    {
        PublicKey = parts.PublicKey;
        Domain = domain;
        PayloadType = parts.PayloadType;
        Payload = parts.Payload;
        Bytes = bytes;
    }

    /// <summary>The key that signed.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>
    /// The domain in which the signature was verified: it keeps a signature made for one purpose from serving another.
    /// </summary>
    public string Domain { get; }

    /// <summary>
    /// What the payload is: bytes that the domain gives a meaning, for instance <c>03 01</c> for a peer record.
    /// </summary>
    public ReadOnlyMemory<byte> PayloadType { get; }

    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The envelope as it was received, byte for byte.</summary>
    /// <remarks>To be passed on in this form: writing the parts anew may give other bytes than the signer's.</remarks>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Signs a payload.</summary>
    /// <param name="key">The key to sign with.</param>
    /// <param name="domain">The domain; whoever opens the envelope has to name the same.</param>
    /// <param name="payloadType">What the payload is.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>The envelope, in the form in which go-libp2p writes it.</returns>
    /// <exception cref="ArgumentNullException">The key or the domain is null.</exception>
    /// <exception cref="PlatformNotSupportedException">No library on this machine knows the key's algorithm.</exception>
    public static SignedEnvelope Seal(PrivateKey key, string domain, ReadOnlySpan<byte> payloadType, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(domain);
        var message = new EnvelopeMessage
        {
            PublicKey = key.PublicKey.ToMessage(),
            PayloadType = ByteString.CopyFrom(payloadType),
            Payload = ByteString.CopyFrom(payload),
        };
        var signed = UnverifiedEnvelope.GetSignedBytes(domain, message.PayloadType.Memory, message.Payload.Memory);
        message.Signature = UnsafeByteOperations.UnsafeWrap(key.Sign(signed));
        return new SignedEnvelope(new UnverifiedEnvelope(message, key.PublicKey), domain, message.ToByteArray());
    }

    /// <summary>Opens an envelope under the default limits: decodes it and verifies its signature.</summary>
    /// <param name="bytes">The envelope, of which a copy is kept.</param>
    /// <param name="domain">The domain in which it must have been signed.</param>
    /// <param name="envelope">The envelope, exactly when the answer is <see cref="EnvelopeOutcome.Opened"/>.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="domain"/> is null.</exception>
    /// <exception cref="PlatformNotSupportedException">No library on this machine knows the key's algorithm.</exception>
    public static EnvelopeOutcome TryOpen(ReadOnlyMemory<byte> bytes, string domain, out SignedEnvelope? envelope) =>
        TryOpen(bytes, domain, DecodeLimits.Default, out envelope, out _);

    /// <summary>Opens an envelope: decodes it and verifies its signature.</summary>
    /// <param name="bytes">The envelope, of which a copy is kept.</param>
    /// <param name="domain">The domain in which it must have been signed.</param>
    /// <param name="limits">How much is accepted.</param>
    /// <param name="envelope">The envelope, exactly when the answer is <see cref="EnvelopeOutcome.Opened"/>.</param>
    /// <param name="error">The rule that is broken.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="ArgumentNullException">The domain or the limits are null.</exception>
    /// <exception cref="PlatformNotSupportedException">No library on this machine knows the key's algorithm.</exception>
    public static EnvelopeOutcome TryOpen(
        ReadOnlyMemory<byte> bytes, string domain, DecodeLimits limits, out SignedEnvelope? envelope, out DecodeError error)
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(limits);
        envelope = null;
        var outcome = UnverifiedEnvelope.TryCopy(bytes, limits, out var copy, out error);
        if (outcome == EnvelopeOutcome.Opened)
        {
            outcome = UnverifiedEnvelope.TryParse(copy, limits, out var parts, out error);
            return outcome == EnvelopeOutcome.Opened ? TryVerify(parts!, copy, domain, out envelope, out error) : outcome;
        }

        return outcome;
    }

    /// <summary>Returns the domain, the sizes and the signer.</summary>
    public override string ToString() => $"{Payload.Length} bytes in domain \"{Domain}\", signed by {PublicKey}";

    /// <summary>Verifies an envelope that has been taken apart. Nobody else may hold its bytes.</summary>
    internal static EnvelopeOutcome TryVerify(
        UnverifiedEnvelope parts, byte[] bytes, string domain, out SignedEnvelope? envelope, out DecodeError error)
    {
        if (!parts.IsSignedIn(domain))
        {
            envelope = null;
            error = new DecodeError("an envelope is signed by its key in the domain that was asked for", 0);
            return EnvelopeOutcome.BadSignature;
        }

        envelope = new SignedEnvelope(parts, domain, bytes);
        error = default;
        return EnvelopeOutcome.Opened;
    }

    /// <summary>An envelope out of a store that verified it before it stored it. The signature is not looked at again.</summary>
    /// <returns>Whether the bytes are an envelope.</returns>
    internal static bool TryFromTrusted(ReadOnlyMemory<byte> bytes, string domain, [NotNullWhen(true)] out SignedEnvelope? envelope)
    {
        // What was within the limits of the day it was stored is not refused for limits that have been lowered since.
        var limits = new DecodeLimits { MaxEnvelopeBytes = int.MaxValue, MaxKeyBytes = int.MaxValue };
        var copy = bytes.ToArray();
        var outcome = UnverifiedEnvelope.TryParse(copy, limits, out var parts, out _);
        envelope = outcome == EnvelopeOutcome.Opened ? new SignedEnvelope(parts!, domain, copy) : null;
        return envelope is not null;
    }
}

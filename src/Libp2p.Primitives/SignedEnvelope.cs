using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
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
    // What was within the limits of the day it was stored is not refused for limits that have been lowered since.
    private static readonly DecodeLimits Unlimited = new() { MaxEnvelopeBytes = int.MaxValue, MaxKeyBytes = int.MaxValue };

    private SignedEnvelope(in UnverifiedEnvelope parts, string domain, byte[] bytes)
    {
        PublicKey = parts.PublicKey;
        Domain = domain;
        PayloadType = bytes.AsMemory(parts.PayloadType.Start, parts.PayloadType.Length);
        PayloadTypeRange = parts.PayloadType;
        PayloadRange = parts.Payload;
        Payload = bytes.AsMemory(parts.Payload.Start, parts.Payload.Length);
        Bytes = Array = bytes;
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

    /// <summary>The array behind <see cref="Bytes"/>, all of it. Never written to.</summary>
    internal byte[] Array { get; }

    /// <summary>Where in <see cref="Bytes"/> the payload type stands.</summary>
    internal WireRange PayloadTypeRange { get; }

    /// <summary>Where in <see cref="Bytes"/> the payload stands.</summary>
    internal WireRange PayloadRange { get; }

    /// <summary>Signs a payload.</summary>
    /// <param name="key">The key to sign with.</param>
    /// <param name="domain">The domain; whoever opens the envelope has to name the same.</param>
    /// <param name="payloadType">What the payload is.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>The envelope, in the form in which go-libp2p writes it.</returns>
    /// <exception cref="ArgumentNullException">The key or the domain is null.</exception>
    /// <exception cref="ArgumentException">
    /// The domain or the payload type is empty, which go-libp2p refuses to seal too, or the domain is not well-formed
    /// Unicode, so that its bytes would be another domain's.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">No library on this machine knows the key's algorithm.</exception>
    public static SignedEnvelope Seal(PrivateKey key, string domain, ReadOnlySpan<byte> payloadType, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentException.ThrowIfNullOrEmpty(domain);
        if (!IsWellFormed(domain))
        {
            throw new ArgumentException("The domain is not well-formed Unicode.", nameof(domain));
        }

        if (payloadType.IsEmpty)
        {
            throw new ArgumentException("The payload type is empty.", nameof(payloadType));
        }

        var message = new EnvelopeMessage
        {
            PublicKey = key.PublicKey.ToMessage(),
            PayloadType = ByteString.CopyFrom(payloadType),
            Payload = ByteString.CopyFrom(payload),
            Signature = UnsafeByteOperations.UnsafeWrap(key.Sign(UnverifiedEnvelope.GetSignedBytes(domain, payloadType, payload))),
        };
        var bytes = message.ToByteArray();
        _ = UnverifiedEnvelope.TryParse(bytes, Unlimited, out var parts, out _);
        return new SignedEnvelope(parts, domain, bytes);
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
            return outcome == EnvelopeOutcome.Opened ? TryVerify(parts, copy, domain, out envelope, out error) : outcome;
        }

        return outcome;
    }

    /// <summary>Returns the domain, the sizes and the signer.</summary>
    public override string ToString() => $"{Payload.Length} bytes in domain \"{Domain}\", signed by {PublicKey}";

    /// <summary>Verifies an envelope that has been taken apart. Nobody else may hold its bytes.</summary>
    internal static EnvelopeOutcome TryVerify(
        in UnverifiedEnvelope parts, byte[] bytes, string domain, out SignedEnvelope? envelope, out DecodeError error)
    {
        if (!parts.IsSignedIn(bytes, domain))
        {
            envelope = null;
            error = new DecodeError("an envelope is signed by its key in the domain that was asked for", parts.Signature.Start);
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
        var copy = bytes.ToArray();
        var outcome = UnverifiedEnvelope.TryParse(copy, Unlimited, out var parts, out _);
        envelope = outcome == EnvelopeOutcome.Opened ? new SignedEnvelope(parts, domain, copy) : null;
        return envelope is not null;
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) != OperationStatus.Done)
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }
}

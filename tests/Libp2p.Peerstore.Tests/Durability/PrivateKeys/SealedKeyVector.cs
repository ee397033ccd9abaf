namespace Libp2p.Peerstore.Tests;

/// <summary>
/// A key as it stands in a file, made by another implementation (Python's hashlib and cryptography) from the words of
/// <c>docs/formats/private-keys.md</c>: the salt is 00…0F, the nonces 10…1B and 20…2B, the seed of the key 00…1F.
/// </summary>
internal static class SealedKeyVector
{
    public const string Passphrase = "correct horse bättery staple";

    public static PeerId Peer { get; } = PeerId.Decode(
        Convert.FromHexString("00240801122003A107BFF3CE10BE1D70DD18E74BC09967E4D6309BA50D5F1DDC8664125531B8"));

    public static byte[] PrivateKey => Convert.FromHexString(
        "08011240000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"
        + "03A107BFF3CE10BE1D70DD18E74BC09967E4D6309BA50D5F1DDC8664125531B8");

    public static byte[] Parameters => Convert.FromHexString(
        "0101000102030405060708090A0B0C0D0E0F50340300101112131415161718191A1B"
        + "66C086E0F6BE084414C47C76304714C13825A652B643286E8A26C61FE67389B351AF4E15");

    public static byte[] Sealed => Convert.FromHexString(
        "01202122232425262728292A2B04342D22A24931FE4953558D7A68E9C8EE5BE78F7CA6FF43B486EA1E8A6B3B297AFA19975C54BC64E4ECACD3FA1F"
        + "A25070CB45EE55520EDA7C26F9072C97A4EBD94D79B1075AC5812BC9196925809B04231BE995");
}

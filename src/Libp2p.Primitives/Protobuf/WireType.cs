namespace Libp2p;

/// <summary>The forms of a value in protobuf's encoding; 6 and 7 do not exist.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    StartGroup = 3,
    EndGroup = 4,
    Fixed32 = 5,
}

using System.Globalization;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Expressions in plain SQL that make of stored bytes the text that a person knows: for views, for the shell.</summary>
/// <remarks>
/// <para>
/// SQLite has neither big numbers nor bytes of a blob as numbers. A peer ID is taken as twelve numbers of 32 bits, which
/// are divided by 58^5 as by hand, five digits of base58 each time: one row of a recursive query a time, eleven for a peer
/// ID. (58^5 × 2^32 is below 2^63.) A byte is two digits of its hexadecimal form, each looked for in the list of digits.
/// </para>
/// <para>
/// An expression is correlated: the rows that nobody asks for cost nothing. It uses only functions that SQLite calls
/// harmless, so that a view works with <c>trusted_schema=OFF</c>, and none newer than the shell of Debian 12 (3.40).
/// </para>
/// </remarks>
internal static class TextSql
{
    private const int Limbs = 12;
    private const long Base = 4294967296;
    private const long Divisor = 58L * 58 * 58 * 58 * 58;

    private static readonly int[] DigitPlaces = [11316496, 195112, 3364, 58, 1];
    private static readonly string[] SixBits = ["/262144", "/4096%64", "/64%64", "%64"];
    private static readonly string Columns = Join(",", Limbs, static i => $"l{i}");
    private static readonly string AnyLeft = $"({Join("|", Limbs, static i => $"l{i}")})<>0";

    /// <summary>The base58btc text of a multihash of at most 48 bytes.</summary>
    /// <param name="blob">An expression; written down more than once.</param>
    public static string PeerId(string blob)
    {
        var limbs = Join(",", Limbs, static limb => Join("+", 8, i => $"{Digit("h", $"{(8 * limb) + i + 1}")}*{1L << (28 - (4 * i))}"));
        var quotients = Join(",", Limbs, static i => $"({Dividend(i)})/{Divisor}");
        string[] places = [.. DigitPlaces.Select(static place => $"/{place}%58+1")];
        var digits = string.Join("||", places.Select(
            static place => $"substr('123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz',d{place},1)"));
        var zeros = $"substr('{new string('1', 48)}',1,(length(hex({blob}))-length(ltrim(hex({blob}),'0')))/2)";

        // What is divided first comes last; the five digits of the row that began it all are none.
        return $"""
            (WITH RECURSIVE base58({Columns},d,text) AS (
            SELECT {limbs},0,'' FROM (SELECT substr('{new string('0', 96)}'||hex({blob}),-96) AS h)
            UNION ALL SELECT {quotients},({Dividend(Limbs - 1)})%{Divisor},{digits}||text FROM base58 WHERE {AnyLeft})
            SELECT {zeros}||ltrim(substr(text,1,length(text)-5),'1')
            FROM (SELECT {digits}||text AS text FROM base58 WHERE NOT {AnyLeft}))
            """;
    }

    /// <summary>
    /// The text of a multiaddr. An IPv6 address has all its groups; from a protocol on that is not known here, the rest
    /// follows <c>/?/</c> in hexadecimal digits.
    /// </summary>
    /// <param name="blob">An expression for a valid multiaddr; written down more than once.</param>
    public static string Multiaddr(string blob)
    {
        var first = Byte("h", "at");
        var lengthOfLength = $"(1+({first}>=128))";
        var length = $"(CASE WHEN {first}<128 THEN {first} ELSE {first}-128+128*{Byte("h", "at+1")} END)";
        var value = $"substr({blob},at+{lengthOfLength},{length})";
        var ip4 = Join("||'.'||", 4, static i => Byte("h", $"at+{i}"));
        var ip6 = Join("||':'||", 8, static i => $"coalesce(nullif(ltrim(lower(substr(h,2*at-1+{4 * i},4)),'0'),''),'0')");

        // Two rows for a protocol that has a value: one reads the code, one the value.
        return $"""
            (WITH RECURSIVE protocol(code,name,kind) AS (VALUES{Protocols()}),
            part(h,at,kind,text) AS (SELECT hex({blob}),1,'code','' UNION ALL SELECT h,
            CASE part.kind WHEN 'code' THEN coalesce(at+length(code)/2,length(h)/2+1)
            WHEN 'ip4' THEN at+4 WHEN 'port' THEN at+2 WHEN 'ip6' THEN at+16 WHEN 'byte' THEN at+1
            ELSE at+{lengthOfLength}+{length} END,
            CASE part.kind WHEN 'code' THEN coalesce(protocol.kind,'code') ELSE 'code' END,
            text||'/'||CASE part.kind WHEN 'code' THEN coalesce(name,'?/'||lower(substr(h,2*at-1)))
            WHEN 'ip4' THEN {ip4}
            WHEN 'port' THEN {first}*256+{Byte("h", "at+1")}
            WHEN 'byte' THEN {first}
            WHEN 'ip6' THEN {ip6}
            WHEN 'name' THEN CAST({value} AS TEXT)
            WHEN 'peer' THEN {PeerId(value)}
            ELSE {Base64Url(value)} END
            FROM part LEFT JOIN protocol ON part.kind='code' AND code=substr(h,2*at-1,length(code))
            WHERE part.kind<>'code' OR 2*at<=length(h))
            SELECT text FROM part WHERE kind='code' AND 2*at>length(h))
            """;
    }

    /// <summary>The rows of the table of protocols: the code as hexadecimal digits of its varint, the name, the kind of value.</summary>
    private static string Protocols() => string.Join(
        ",",
        from protocol in MultiaddrProtocol.All
        let kind = KindOf(protocol)
        where kind is not null
        select $"('{Varint(protocol.Code)}','{protocol.Name}','{kind}')");

    private static string? KindOf(MultiaddrProtocol protocol) => protocol.Name switch
    {
        "ip4" or "ip6" => protocol.Name,
        "tcp" or "udp" or "dccp" or "sctp" => "port",
        "ipcidr" => "byte",
        "ip6zone" or "dns" or "dns4" or "dns6" or "dnsaddr" or "sni" => "name",
        "p2p" => "peer",
        "certhash" => "hash",
        _ => protocol.Size == 0 ? "code" : null,
    };

    /// <summary>Multibase's base64url, with its <c>u</c>.</summary>
    private static string Base64Url(string blob)
    {
        var group = $"({Byte("h", "i")}*65536+{Byte("h", "i+1")}*256+{Byte("h", "i+2")})";
        var digits = string.Join("||", SixBits.Select(place =>
            $"substr('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',{group}{place}+1,1)"));
        return $"""
            (WITH RECURSIVE base64(h,i,n,text) AS (SELECT hex({blob})||'0000',1,length({blob}),'u'
            UNION ALL SELECT h,i+3,n,text||{digits} FROM base64 WHERE i<=n)
            SELECT substr(text,1,1+(n*8+5)/6) FROM base64 WHERE i>n)
            """;
    }

    /// <summary>What is divided in the place of a limb: it, and what was left over by the places before.</summary>
    private static string Dividend(int limb) => limb == 0 ? "l0" : $"({Dividend(limb - 1)})%{Divisor}*{Base}+l{limb}";

    /// <summary>A byte as a number, of the hexadecimal digits of many.</summary>
    /// <param name="hex">An expression for the digits; written down twice.</param>
    /// <param name="index">An expression for which, from 1.</param>
    public static string Byte(string hex, string index) =>
        $"({Digit(hex, $"2*({index})-1")}*16+{Digit(hex, $"2*({index})")})";

    /// <summary>What is not in the list is zero.</summary>
    private static string Digit(string hex, string index) => $"instr('123456789ABCDEF',substr({hex},{index},1))";

    private static string Varint(int value) =>
        value < 0x80 ? value.ToString("X2", CultureInfo.InvariantCulture)
        : ((value & 0x7F) | 0x80).ToString("X2", CultureInfo.InvariantCulture) + Varint(value >> 7);

    public static string Join(string separator, int count, Func<int, string> part) =>
        string.Join(separator, Enumerable.Range(0, count).Select(part));
}

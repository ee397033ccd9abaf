using System.Reflection;
using System.Runtime.CompilerServices;

namespace Libp2p.Tests;

/// <summary>Conventions that would rot if nobody asked.</summary>
public sealed class AddressConventionTests
{
    private static readonly Type[] Types = typeof(PeerId).Assembly.GetExportedTypes();

    [Fact]
    public void Every_public_struct_is_readonly()
    {
        // An enumerator moves.
        var mutable = Types.Where(t => t is { IsValueType: true, IsEnum: false } && t.GetCustomAttribute<IsReadOnlyAttribute>() is null);
        Assert.Equal([typeof(MultiaddrComponents.Enumerator)], mutable);
    }

    [Fact]
    public void Every_equatable_struct_has_the_operators()
    {
        foreach (var type in Types.Where(t => t.IsValueType && typeof(IEquatable<>).MakeGenericType(t).IsAssignableFrom(t)))
        {
            Assert.NotNull(type.GetMethod("op_Equality"));
            Assert.NotNull(type.GetMethod("op_Inequality"));
        }
    }

    [Fact]
    public void Every_multibase_but_none_can_be_written_and_its_value_is_its_prefix()
    {
        foreach (var encoding in Enum.GetValues<Multibase>().Except([Multibase.None]))
        {
            var text = PeerId.Parse("11").ToCid(encoding);
            Assert.Equal((int)encoding, char.ConvertToUtf32(text, 0));
        }
    }

    [Fact]
    public void Every_protocol_has_a_static_property_and_a_place_in_the_table()
    {
        var properties = typeof(MultiaddrProtocol).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(p => p.PropertyType == typeof(MultiaddrProtocol))
            .Select(p => (MultiaddrProtocol)p.GetValue(null)!);
        Assert.Equal(MultiaddrProtocol.All, properties.OrderBy(p => p.Code));
        Assert.Equal(ProtocolTable.MaxNameLength, MultiaddrProtocol.All.Max(p => p.Name.Length));
        Assert.All(MultiaddrProtocol.All, p => Assert.Equal(p.Size != 0, p.Codec is not null));
    }

    [Fact]
    public void A_multiaddr_is_a_reference_and_a_range() =>
        Assert.Equal(IntPtr.Size + (2 * sizeof(int)), Unsafe.SizeOf<Multiaddr>());
}

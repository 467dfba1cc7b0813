using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atlas.Configuration.Schema;

/// <summary>
/// Describes the records: names, types, bounds and defaults, from their properties and annotations. The only place that
/// looks into the records' types; loading, checking, showing and documenting work on the description.
/// </summary>
internal static class SchemaOfRecords
{
    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly Lock Gate = new();
    private static readonly Dictionary<Type, ValueSchema> Known = [];

    /// <summary>The description of the root.</summary>
    public static BlockSchema Root { get; } = (BlockSchema)Of(typeof(AtlasConfiguration));

    /// <summary>The description of one record.</summary>
    public static ValueSchema Of(Type record)
    {
        lock (Gate)
        {
            if (!Known.TryGetValue(record, out var schema))
            {
                Known[record] = schema = record.IsAbstract ? Union(record) : Block(record);
            }

            return schema;
        }
    }

    private static UnionSchema Union(Type record) => new(
        record.GetCustomAttribute<JsonPolymorphicAttribute>()!.TypeDiscriminatorPropertyName!,
        [.. record.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(variant =>
            KeyValuePair.Create((string)variant.TypeDiscriminator!, (BlockSchema)Of(variant.DerivedType)))]);

    private static BlockSchema Block(Type record)
    {
        var prototype = Activator.CreateInstance(record)!;
        return new BlockSchema(record, [.. Properties(record).Select(property => Key(property, prototype))]);
    }

    /// <summary>What a base record declares comes first.</summary>
    private static IEnumerable<PropertyInfo> Properties(Type record)
    {
        var inherited = record.BaseType is { } parent && parent != typeof(object) ? Properties(parent) : [];
        return inherited.Concat(record
            .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.CanWrite && property.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always }));
    }

    private static KeySchema Key(PropertyInfo property, object prototype)
    {
        var nullMeansDefault = property.IsDefined(typeof(NullMeansDefaultAttribute));
        return new KeySchema
        {
            Name = KeyNames.Of(property),
            Alias = KeyNames.AliasOf(property),
            Value = Value(property.PropertyType, property),
            Property = property,
            Default = property.GetValue(prototype),
            IsRequired = property.IsDefined(typeof(RequiredMemberAttribute)),
            IsRequiredByAgent = property.IsDefined(typeof(RequiredByAgentAttribute)),
            IsNullable = nullMeansDefault || Nullability.Create(property).WriteState == NullabilityState.Nullable,
            NullMeansDefault = nullMeansDefault,
            Checks = [.. property.GetCustomAttributes<ValidationAttribute>().Where(check => check is not RangeAttribute)],
        };
    }

    private static ValueSchema Value(Type type, PropertyInfo property)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return new TextSchema();
        }

        if (type == typeof(bool))
        {
            return new BooleanSchema();
        }

        if (type == typeof(int) || type == typeof(double))
        {
            return Number(type == typeof(int), property.GetCustomAttribute<RangeAttribute>());
        }

        if (type == typeof(JsonElement))
        {
            return new FreeFormSchema();
        }

        if (type.IsEnum)
        {
            return new ChoiceSchema([.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field =>
                KeyValuePair.Create(KeyNames.Of(field), field.GetValue(null)!))]);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            var item = type.GetGenericArguments()[0];
            return new ListSchema(Value(item, property), item, property.IsDefined(typeof(TagsAttribute)));
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableSortedDictionary<,>))
        {
            var item = type.GetGenericArguments()[1];
            return new MapSchema(Value(item, property), item);
        }

        return Of(type);
    }

    private static NumberSchema Number(bool whole, RangeAttribute? range)
    {
        var minimum = Convert.ToDouble(range?.Minimum ?? double.NegativeInfinity, null);
        var maximum = Convert.ToDouble(range?.Maximum ?? double.PositiveInfinity, null);
        var noMaximum = maximum >= (whole ? int.MaxValue : double.MaxValue);
        return new NumberSchema(whole, minimum, noMaximum ? double.PositiveInfinity : maximum);
    }
}

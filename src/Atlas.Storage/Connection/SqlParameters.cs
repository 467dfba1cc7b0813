using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Storage.Json;
using Npgsql;
using NpgsqlTypes;

namespace Atlas.Storage.Connection;

/// <summary>Adds typed positional parameters, so that a null has a type too.</summary>
public static class SqlParameters
{
    public static NpgsqlParameterCollection Text(this NpgsqlParameterCollection to, string? value) => to.Typed(NpgsqlDbType.Text, value);

    public static NpgsqlParameterCollection Json(this NpgsqlParameterCollection to, string? value) => to.Typed(NpgsqlDbType.Jsonb, value);

    /// <summary>Adds a value as JSON.</summary>
    public static NpgsqlParameterCollection Json<T>(this NpgsqlParameterCollection to, T? value, string what)
        where T : class => to.Json(value is null ? null : JsonOf(value, what));

    /// <summary>Returns a value as JSON that can be stored.</summary>
    public static string JsonOf<T>(T value, string what) => JsonText.Object(JsonSerializer.Serialize(value, AtlasJson.Options), what);

    /// <summary>Adds an enum by its wire name.</summary>
    public static NpgsqlParameterCollection Wire<T>(this NpgsqlParameterCollection to, T value)
        where T : struct, Enum => to.Text(value.ToWire());

    public static NpgsqlParameterCollection Int(this NpgsqlParameterCollection to, int? value) => to.Typed(NpgsqlDbType.Integer, value);

    public static NpgsqlParameterCollection Long(this NpgsqlParameterCollection to, long? value) => to.Typed(NpgsqlDbType.Bigint, value);

    public static NpgsqlParameterCollection Double(this NpgsqlParameterCollection to, double? value) => to.Typed(NpgsqlDbType.Double, value);

    public static NpgsqlParameterCollection Bool(this NpgsqlParameterCollection to, bool? value) => to.Typed(NpgsqlDbType.Boolean, value);

    public static NpgsqlParameterCollection Time(this NpgsqlParameterCollection to, DateTimeOffset? value) =>
        to.Typed(NpgsqlDbType.TimestampTz, value?.ToUniversalTime());

    public static NpgsqlParameterCollection Span(this NpgsqlParameterCollection to, TimeSpan value) => to.Typed(NpgsqlDbType.Interval, value);

    public static NpgsqlParameterCollection Longs(this NpgsqlParameterCollection to, IEnumerable<long> values) =>
        to.Typed(NpgsqlDbType.Array | NpgsqlDbType.Bigint, values.ToArray());

    public static NpgsqlParameterCollection Ints(this NpgsqlParameterCollection to, IEnumerable<int> values) =>
        to.Typed(NpgsqlDbType.Array | NpgsqlDbType.Integer, values.ToArray());

    public static NpgsqlParameterCollection Texts(this NpgsqlParameterCollection to, IEnumerable<string?> values) =>
        to.Typed(NpgsqlDbType.Array | NpgsqlDbType.Text, values.ToArray());

    public static NpgsqlParameterCollection Ints(this NpgsqlParameterCollection to, IEnumerable<int?> values) =>
        to.Typed(NpgsqlDbType.Array | NpgsqlDbType.Integer, values.ToArray());

    public static NpgsqlParameterCollection Bools(this NpgsqlParameterCollection to, IEnumerable<bool> values) =>
        to.Typed(NpgsqlDbType.Array | NpgsqlDbType.Boolean, values.ToArray());

    public static NpgsqlParameterCollection Times(this NpgsqlParameterCollection to, IEnumerable<DateTimeOffset?> values) =>
        to.Typed(NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, values.Select(value => value?.ToUniversalTime()).ToArray());

    private static NpgsqlParameterCollection Typed(this NpgsqlParameterCollection to, NpgsqlDbType type, object? value)
    {
        to.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
        return to;
    }
}

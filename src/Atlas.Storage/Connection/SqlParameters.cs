using Npgsql;
using NpgsqlTypes;

namespace Atlas.Storage.Connection;

/// <summary>Typed positional parameters, so that a null has a type too.</summary>
internal static class SqlParameters
{
    public static NpgsqlParameterCollection Text(this NpgsqlParameterCollection to, string? value) => to.Typed(NpgsqlDbType.Text, value);

    public static NpgsqlParameterCollection Json(this NpgsqlParameterCollection to, string? value) => to.Typed(NpgsqlDbType.Jsonb, value);

    public static NpgsqlParameterCollection Int(this NpgsqlParameterCollection to, int? value) => to.Typed(NpgsqlDbType.Integer, value);

    public static NpgsqlParameterCollection Long(this NpgsqlParameterCollection to, long? value) => to.Typed(NpgsqlDbType.Bigint, value);

    public static NpgsqlParameterCollection Bool(this NpgsqlParameterCollection to, bool? value) => to.Typed(NpgsqlDbType.Boolean, value);

    public static NpgsqlParameterCollection Time(this NpgsqlParameterCollection to, DateTimeOffset? value) =>
        to.Typed(NpgsqlDbType.TimestampTz, value?.ToUniversalTime());

    public static NpgsqlParameterCollection Span(this NpgsqlParameterCollection to, TimeSpan value) => to.Typed(NpgsqlDbType.Interval, value);

    public static NpgsqlParameterCollection Longs(this NpgsqlParameterCollection to, IEnumerable<long> values) =>
        to.Typed(NpgsqlDbType.Array | NpgsqlDbType.Bigint, values.ToArray());

    public static NpgsqlParameterCollection Texts(this NpgsqlParameterCollection to, IEnumerable<string?> values) =>
        to.Typed(NpgsqlDbType.Array | NpgsqlDbType.Text, values.ToArray());

    private static NpgsqlParameterCollection Typed(this NpgsqlParameterCollection to, NpgsqlDbType type, object? value)
    {
        to.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
        return to;
    }
}

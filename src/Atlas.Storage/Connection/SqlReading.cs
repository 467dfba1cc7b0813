using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Connection;

/// <summary>Reads rows by column name; SQL's null becomes null.</summary>
public static class SqlReading
{
    public static string? Text(this NpgsqlDataReader row, string column) => row.At(column) is { } at && !row.IsDBNull(at) ? row.GetString(at) : null;

    public static string RequiredText(this NpgsqlDataReader row, string column) => row.Text(column) ?? "";

    public static int? Int(this NpgsqlDataReader row, string column) => row.At(column) is { } at && !row.IsDBNull(at) ? row.GetInt32(at) : null;

    public static long Long(this NpgsqlDataReader row, string column) => row.GetFieldValue<long>(row.At(column));

    public static long? LongOrNull(this NpgsqlDataReader row, string column) => row.At(column) is { } at && !row.IsDBNull(at) ? row.GetFieldValue<long>(at) : null;

    public static double? Double(this NpgsqlDataReader row, string column) => row.At(column) is { } at && !row.IsDBNull(at) ? row.GetDouble(at) : null;

    public static bool Flag(this NpgsqlDataReader row, string column) => row.GetBoolean(row.At(column));

    public static bool? FlagOrNull(this NpgsqlDataReader row, string column) => row.At(column) is { } at && !row.IsDBNull(at) ? row.GetBoolean(at) : null;

    public static DateTimeOffset Time(this NpgsqlDataReader row, string column) => row.GetFieldValue<DateTimeOffset>(row.At(column));

    public static DateTimeOffset? TimeOrNull(this NpgsqlDataReader row, string column) =>
        row.At(column) is { } at && !row.IsDBNull(at) ? row.GetFieldValue<DateTimeOffset>(at) : null;

    public static JsonElement? Json(this NpgsqlDataReader row, string column) => JsonColumn.Read(row, row.At(column));

    /// <summary>Reads a value that is stored as JSON; null for null.</summary>
    public static T? Json<T>(this NpgsqlDataReader row, string column)
        where T : class => row.Json(column)?.Deserialize<T>(AtlasJson.Options);

    /// <summary>Reads a session status. A word that Atlas does not know means an ended session whose success is unknown.</summary>
    public static SessionStatus SessionStatus(this NpgsqlDataReader row, string column) =>
        WireName.ReadOrNull<SessionStatus>(row.Text(column)) ?? Domain.SessionStatus.Failed;

    /// <summary>Reads a review status. A word that Atlas does not know means that nobody has decided.</summary>
    public static ReviewStatus ReviewStatus(this NpgsqlDataReader row, string column) =>
        WireName.ReadOrNull<ReviewStatus>(row.Text(column)) ?? Domain.ReviewStatus.Pending;

    /// <summary>Reads a judging status; off if nothing is stored.</summary>
    public static JudgingStatus JudgingStatus(this NpgsqlDataReader row, string column) =>
        WireName.ReadOrNull<JudgingStatus>(row.Text(column)) ?? Domain.JudgingStatus.Off;

    public static ImmutableArray<long> Longs(this NpgsqlDataReader row, string column) => [.. row.GetFieldValue<long[]>(row.At(column))];

    /// <summary>Runs a query and returns the result of <paramref name="read"/> for each row.</summary>
    public static async Task<ImmutableArray<T>> ListAsync<T>(
        this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        var rows = ImmutableArray.CreateBuilder<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(read(reader));
        }

        return rows.DrainToImmutable();
    }

    /// <summary>Returns the first row of a query, or null.</summary>
    public static async Task<T?> FirstAsync<T>(
        this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) where T : class
    {
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? read(reader) : null;
    }

    private static int At(this NpgsqlDataReader row, string column) => row.GetOrdinal(column);
}

using System.Globalization;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries.Training;

/// <summary>The condition of a filter as SQL over <c>sessions s</c>, in the order and wording of the original implementation's client,
/// which its tests and users know; additional conditions follow.</summary>
internal static class TrainingConditions
{
    /// <summary>Writes the condition; <c>TRUE</c> for none. Its parameters are added to <paramref name="parameters"/>.</summary>
    public static string Write(TrainingFilter filter, NpgsqlParameterCollection parameters)
    {
        var parts = new List<string>();
        if (filter.MinReward is { } score)
        {
            parameters.Add(new NpgsqlParameter { Value = score });
            parts.Add($"(reward_stats IS NOT NULL AND (reward_stats->>'score')::float >= {Last()})");
        }

        if (filter.CreatedAfter is { } after)
        {
            parameters.Time(after);
            parts.Add($"created_at >= {Last()}");
        }

        if (filter.LearningKey is { } key)
        {
            parameters.Text(key);
            parts.Add($"(metadata->>'learning_key') = {Last()}");
        }

        Membership("status", filter.Statuses);
        Membership("review_status", filter.ReviewStatuses);
        if (filter.CreatedBefore is { } before)
        {
            parameters.Time(before);
            parts.Add($"created_at < {Last()}");
        }

        if (!filter.SessionIds.IsDefaultOrEmpty)
        {
            parameters.Longs(filter.SessionIds);
            parts.Add($"id = ANY({Last()})");
        }

        return parts.Count == 0 ? "TRUE" : string.Join(" AND ", parts);

        void Membership(string column, System.Collections.Immutable.ImmutableArray<string> values)
        {
            if (!values.IsDefaultOrEmpty)
            {
                parameters.Texts(filter.IgnoreCase ? values.Select(value => value.ToLowerInvariant()) : values);
                parts.Add(filter.IgnoreCase ? $"lower({column}) = ANY({Last()})" : $"{column} = ANY({Last()})");
            }
        }

        string Last() => string.Create(CultureInfo.InvariantCulture, $"${parameters.Count}");
    }
}

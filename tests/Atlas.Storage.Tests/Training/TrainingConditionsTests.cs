using Atlas.Queries.Training;
using Npgsql;
using Xunit;

namespace Atlas.Storage.Tests.Training;

/// <summary>The words in which the original's client asks; its users and their notebooks know them.</summary>
public sealed class TrainingConditionsTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public void No_filter_is_true() => Assert.Equal(("TRUE", 0), Write(new TrainingFilter { ReviewStatuses = [] }));

    [Fact]
    public void Each_filter_has_the_words_of_the_original()
    {
        var none = new TrainingFilter { ReviewStatuses = [] };
        Assert.Equal("(reward_stats IS NOT NULL AND (reward_stats->>'score')::float >= $1)", Write(none with { MinReward = 0.8 }).Sql);
        Assert.Equal("created_at >= $1", Write(none with { CreatedAfter = Time }).Sql);
        Assert.Equal("(metadata->>'learning_key') = $1", Write(none with { LearningKey = "k" }).Sql);
        Assert.Equal("status = ANY($1)", Write(none with { Statuses = ["succeeded"] }).Sql);
        Assert.Equal("review_status = ANY($1)", Write(none with { ReviewStatuses = ["approved"] }).Sql);
    }

    [Fact]
    public void Together_they_are_numbered_in_this_order()
    {
        var (sql, parameters) = Write(new TrainingFilter { MinReward = 0.8, CreatedAfter = Time, LearningKey = "k", Statuses = ["succeeded"], ReviewStatuses = [] });
        Assert.Equal(
            "(reward_stats IS NOT NULL AND (reward_stats->>'score')::float >= $1) AND created_at >= $2 AND (metadata->>'learning_key') = $3 AND status = ANY($4)",
            sql);
        Assert.Equal(4, sql.Split(" AND ").Length - 1);
        Assert.Equal(4, parameters);
    }

    [Fact]
    public void Only_approved_sessions_are_taken_by_default_and_all_as_the_original_did()
    {
        Assert.Equal("review_status = ANY($1)", Write(new TrainingFilter()).Sql);
        Assert.Equal("TRUE", Write(TrainingFilter.AsTheOriginal).Sql);
        Assert.Equal(1000, TrainingFilter.AsTheOriginal.Limit);
        Assert.Equal(200, TrainingFilter.AsTheOriginal.MostEvents);
    }

    private static (string Sql, int Parameters) Write(TrainingFilter filter)
    {
        using var command = new NpgsqlCommand();
        return (TrainingConditions.Write(filter, command.Parameters), command.Parameters.Count);
    }
}

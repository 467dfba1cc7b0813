using System.Collections.Immutable;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries;

/// <summary>Reads the cost of a key's syntheses from its journal.</summary>
public sealed class SynthesisQueries(NpgsqlDataSource dataSource)
{
    /// <summary>Returns the versions, each with the synthesis that made it.</summary>
    public async Task<ImmutableArray<VersionSummary>> WithSynthesesAsync(
        string learningKey, ImmutableArray<VersionSummary> versions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        if (versions.IsDefaultOrEmpty)
        {
            return versions;
        }

        var (from, to) = (versions.Min(version => version.CreatedAt), versions.Max(version => version.CreatedAt));
        var syntheses = (await BetweenAsync(learningKey, from, to, cancellationToken).ConfigureAwait(false))
            .GroupBy(synthesis => synthesis.At).ToDictionary(same => same.Key, same => same.First());
        return [.. versions.Select(version => version.Cause is "synthesis" or "prune"
            ? version with { Synthesis = syntheses.GetValueOrDefault(version.CreatedAt) }
            : version)];
    }

    private async Task<ImmutableArray<SynthesisRecord>> BetweenAsync(
        string learningKey, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand("""
            SELECT occurred_at, event ->> 'synthesizer' AS synthesizer, event ->> 'outcome' AS outcome,
                   coalesce((event #>> '{cost,calls}')::integer, 0) AS calls,
                   coalesce((event #>> '{cost,prompt_tokens}')::bigint, 0) AS prompt_tokens,
                   coalesce((event #>> '{cost,completion_tokens}')::bigint, 0) AS completion_tokens
              FROM public.learning_journal
             WHERE learning_key = $1 AND event_type = 'synthesis_concluded' AND occurred_at BETWEEN $2 AND $3
             ORDER BY occurred_at
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Time(from).Time(to);
        return await command.ListAsync(
            row => new SynthesisRecord(
                row.Time("occurred_at"), row.Text("synthesizer"), row.Text("outcome"), row.Int("calls") ?? 0, row.Long("prompt_tokens"),
                row.Long("completion_tokens")),
            cancellationToken).ConfigureAwait(false);
    }
}

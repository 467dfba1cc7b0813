using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries;

/// <summary>Reads what the trials of a key have found, from what its grain committed.</summary>
public sealed class FindingsQueries(NpgsqlDataSource dataSource)
{
    private readonly PlaybookQueries _playbooks = new(dataSource);

    /// <summary>What was found; null for a key that has tried nothing, or of which nothing is known.</summary>
    public async Task<KeyFindings?> FindAsync(string learningKey, CancellationToken cancellationToken = default) =>
        await FindStateAsync(learningKey, cancellationToken).ConfigureAwait(false) is { } state ? KeyFindings.Of(state) : null;

    /// <summary>What was found, with what all other keys of the database know of the same words. Reads the states of all keys: for a report, not
    /// for a page that is asked for often, and not for who may not see other keys.</summary>
    public async Task<KeyFindings?> FindPooledAsync(string learningKey, CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(learningKey, cancellationToken).ConfigureAwait(false);
        if (found is not { Entries.IsEmpty: false })
        {
            return found;
        }

        var command = dataSource.CreateCommand("""
            SELECT trial FROM orleans.grain_state g
             CROSS JOIN LATERAL jsonb_path_query(g.payload, '$.state.trials.evidence.entries[*]') AS trial
             WHERE g.grain_type = 'learning-key' AND g.payload IS NOT NULL
               AND orleans.learning_key_of(g.payload, g.key_text) <> $1 AND trial ->> 'sha' = ANY ($2)
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Texts([.. found.Entries.Select(entry => entry.Sha).Distinct(StringComparer.Ordinal)]);
        var others = await command.ListAsync(row => row.Json("trial")?.Deserialize<EntryTrial>(AtlasJson.Options), cancellationToken).ConfigureAwait(false);
        return found.With([.. others.OfType<EntryTrial>()]);
    }

    /// <summary>The whole state of a key, the versions on trial with their words; null for a key of which nothing is known.</summary>
    public async Task<LearningKeyState?> FindStateAsync(string learningKey, CancellationToken cancellationToken = default)
    {
        var committed = await _playbooks.FindStateAsync(learningKey, cancellationToken).ConfigureAwait(false);
        return committed?.State.Deserialize<LearningKeyState>(AtlasJson.Options) is not { } state ? null
            : state.Trials is not { } trials ? state
            : state with
            {
                Trials = trials with
                {
                    Parent = await SaidAsync(learningKey, trials.Parent, cancellationToken).ConfigureAwait(false),
                    OnTrial = await SaidAsync(learningKey, trials.OnTrial, cancellationToken).ConfigureAwait(false),
                    FirstArm = await SaidAsync(learningKey, trials.FirstArm, cancellationToken).ConfigureAwait(false),
                    NewArm = await SaidAsync(learningKey, trials.NewArm, cancellationToken).ConfigureAwait(false),
                },
            };
    }

    // A state names the versions on trial; what they say is in the archive.
    private async Task<ServedPlaybook?> SaidAsync(string learningKey, ServedPlaybook? version, CancellationToken cancellationToken) =>
        version is null ? null
        : await _playbooks.FindVersionAsync(learningKey, version.Version, cancellationToken).ConfigureAwait(false) is { } found
            ? version with { Playbook = found.Playbook() }
            : version;
}

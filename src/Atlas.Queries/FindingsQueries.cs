using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Learning.Rewards;
using Atlas.Queries.Reports;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries;

/// <summary>Reads what the trials of a key have found, from its committed state.</summary>
public sealed class FindingsQueries(NpgsqlDataSource dataSource)
{
    private readonly PlaybookQueries _playbooks = new(dataSource);

    /// <summary>Returns the findings; null for an unknown key or one without trials.</summary>
    public async Task<KeyFindings?> FindAsync(string learningKey, CancellationToken cancellationToken = default) =>
        await FindStateAsync(learningKey, cancellationToken).ConfigureAwait(false) is { } state ? KeyFindings.Of(state) : null;

    /// <summary>Returns the findings, with what all other keys of the database know about the same words. Reads the states of all keys, so
    /// use it for a report and not for a page that is requested often, and not for callers that must not see other keys.</summary>
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

    /// <summary>Returns what is known about the judge, and how much of it concerns a key; null if no judge was asked again.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="counts">Which keys' sessions of the panel count, for callers that must not see all keys; null for all.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<JudgeReport?> FindJudgeAsync(string learningKey, Func<string?, bool>? counts = null, CancellationToken cancellationToken = default)
    {
        var panel = await new JudgePanelQueries(dataSource).PanelAsync(cancellationToken).ConfigureAwait(false);
        return JudgeReport.Of(counts is null ? panel : [.. panel.Where(session => counts(session.LearningKey))], learningKey);
    }

    /// <summary>Returns the whole state of a key, including the content of the versions on trial; null for an unknown key.</summary>
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

    // A state names the versions on trial; their content is in the archive.
    private async Task<ServedPlaybook?> SaidAsync(string learningKey, ServedPlaybook? version, CancellationToken cancellationToken) =>
        version is null ? null
        : await _playbooks.FindVersionAsync(learningKey, version.Version, cancellationToken).ConfigureAwait(false) is { } found
            ? version with { Playbook = found.Playbook() }
            : version;
}

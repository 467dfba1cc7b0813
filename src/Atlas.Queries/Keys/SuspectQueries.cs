using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Injection;
using Atlas.Learning.Journal;
using Atlas.Learning.Playbooks;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries.Keys;

/// <summary>Counts the entries in use that seem to be harmful. A key also keeps the trials of entries that no version has any more; nobody
/// can do anything about those.</summary>
internal sealed class SuspectQueries(NpgsqlDataSource source)
{
    /// <summary>Returns how many each key has.</summary>
    /// <param name="keys">The keys, with their committed states as they are stored.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<int>> CountAsync(IReadOnlyCollection<(string Key, LearningKeyState State)> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
        {
            return [];
        }

        var archived = (await ArchivedAsync(keys, cancellationToken).ConfigureAwait(false)).ToLookup(entry => entry.Key, entry => entry.Entry, StringComparer.Ordinal);
        return [.. keys.Select(key => Count(key.State, archived[key.Key]))];
    }

    private static int Count(LearningKeyState state, IEnumerable<PlaybookEntry> archived)
    {
        var used = archived.Where(EntryOrder.IsRendered).Concat(EvidenceDecisions.Known(state))
            .Select(entry => (EntryIds.Of(entry), EvidenceDecisions.Sha(entry))).ToHashSet();
        return state.Trials?.Evidence.Entries.Count(trial => trial.State is EntryTrialState.Suspect && used.Contains((trial.Entry, trial.Sha))) ?? 0;
    }

    // A state names its newest version and those on trial; their content is in the archive.
    private async Task<IEnumerable<(string Key, PlaybookEntry Entry)>> ArchivedAsync(IEnumerable<(string Key, LearningKeyState State)> keys, CancellationToken cancellationToken)
    {
        var versions = keys.SelectMany(key => VersionsOf(key.State).Select(version => (key.Key, Version: version))).Distinct().ToList();
        var command = source.CreateCommand("""
            SELECT v.learning_key, v.entries FROM unnest($1, $2) AS k (learning_key, version)
              JOIN public.playbook_versions v ON v.learning_key = k.learning_key AND v.version = k.version
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Texts([.. versions.Select(version => version.Key)]).Ints(versions.Select(version => version.Version));
        var found = await command.ListAsync(row => (Key: row.RequiredText("learning_key"), Entries: row.Json("entries")), cancellationToken).ConfigureAwait(false);
        return found.SelectMany(row => (row.Entries is { } entries ? LearningStateJson.ReadEntries(entries) : []).Select(entry => (row.Key, entry)));
    }

    private static IEnumerable<int> VersionsOf(LearningKeyState state) =>
        new[] { state.Version, state.Trials?.Parent?.Version, state.Trials?.OnTrial?.Version, state.Trials?.FirstArm?.Version, state.Trials?.NewArm?.Version }.OfType<int>();
}

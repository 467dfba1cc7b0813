using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Learning.Journal;
using Atlas.Learning.Json;
using Atlas.Learning.Playbooks;
using Atlas.Storage.Queries;
using Npgsql;

namespace Atlas.Cli.Playbooks.Versions;

/// <summary>Reads the playbook of a key as it is and as it was.</summary>
internal sealed class VersionReader(NpgsqlDataSource source)
{
    private readonly PlaybookQueries _queries = new(source);

    /// <summary>The committed state of a key.</summary>
    /// <exception cref="CommandFailedException">Nothing is known of the key.</exception>
    public async Task<LearningKeyState> StateAsync(string learningKey, CancellationToken cancellation) =>
        (await _queries.FindStateAsync(learningKey, cancellation))?.State.Deserialize<LearningKeyState>(AtlasJson.Options)
            ?? throw PlaybookArgument.Unknown(learningKey);

    /// <summary>One version of a key's playbook.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="version">The version; null for the newest, with the figures counted up to now.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="CommandFailedException">There is no such key, or it has no such version.</exception>
    public async Task<PlaybookVersion> ReadAsync(string learningKey, int? version, CancellationToken cancellation)
    {
        var state = await StateAsync(learningKey, cancellation);
        if (version is null || version == state.Version)
        {
            return new PlaybookVersion(state.Version, state.Playbook);
        }

        if (version == 0)
        {
            return new PlaybookVersion(0, LearnedPlaybook.Empty);
        }

        return await _queries.FindVersionAsync(learningKey, version.Value, cancellation) is { } archived
            ? new PlaybookVersion(archived.Summary.Version, Content(archived))
            : throw Missing(learningKey, version.Value, state.Version);
    }

    private static LearnedPlaybook Content(VersionDetail archived) => new()
    {
        StudentText = archived.StudentText ?? "",
        TeacherText = archived.TeacherText,
        Entries = archived.Entries.Deserialize<ImmutableArray<PlaybookEntry>>(AtlasJson.Options),
        Metadata = archived.Metadata.Deserialize<ImmutableSortedDictionary<string, JsonElement>>(AtlasJson.Options)
            ?? LearnedPlaybook.Empty.Metadata,
    };

    private static CommandFailedException Missing(string learningKey, int version, int newest) => new(
        ExitCode.NotFound,
        newest == 0
            ? $"The key {learningKey} has no version {version}: it has learned nothing yet."
            : $"The key {learningKey} has no version {version}; it has versions 1 to {newest}.");
}

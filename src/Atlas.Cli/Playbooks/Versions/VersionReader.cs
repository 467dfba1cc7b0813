using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Queries;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks.Versions;

/// <summary>Reads the playbook of a key as it is and as it was, and says what is missing.</summary>
internal sealed class VersionReader(AtlasQueries queries)
{
    /// <summary>Where a key stands.</summary>
    /// <exception cref="CommandFailedException">Nothing is known of the key.</exception>
    public async Task<KeyStanding> StandingAsync(string learningKey, CancellationToken cancellation) =>
        await queries.Keys.StandingAsync(learningKey, cancellation) ?? throw PlaybookArgument.Unknown(learningKey);

    /// <summary>One version of a key's playbook.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="version">The version; null for the newest, with the figures counted up to now.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="CommandFailedException">There is no such key, or it has no such version.</exception>
    public async Task<PlaybookVersion> ReadAsync(string learningKey, int? version, CancellationToken cancellation) =>
        await queries.Keys.VersionAsync(learningKey, version, cancellation)
            ?? throw Missing(learningKey, version, (await StandingAsync(learningKey, cancellation)).Newest.Number);

    private static CommandFailedException Missing(string learningKey, int? version, int newest) => new(
        ExitCode.NotFound,
        newest == 0
            ? $"The key {learningKey} has no version {version}: it has learned nothing yet."
            : $"The key {learningKey} has no version {version}; it has versions 1 to {newest}.");
}

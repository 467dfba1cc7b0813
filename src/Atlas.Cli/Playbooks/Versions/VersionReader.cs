using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Queries;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks.Versions;

/// <summary>Reads current and earlier versions of a key's playbook, and reports missing ones.</summary>
internal sealed class VersionReader(AtlasQueries queries)
{
    /// <summary>Returns the status of a key.</summary>
    /// <exception cref="CommandFailedException">The key is unknown.</exception>
    public async Task<KeyStanding> StandingAsync(string learningKey, CancellationToken cancellation) =>
        await queries.Keys.StandingAsync(learningKey, cancellation) ?? throw PlaybookArgument.Unknown(learningKey);

    /// <summary>Returns a version of a key's playbook.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="version">The version; null for the newest, with up-to-date figures.</param>
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

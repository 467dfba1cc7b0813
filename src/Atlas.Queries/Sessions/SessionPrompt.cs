using Atlas.Domain.Json;
using Atlas.Learning.Sessions;
using System.Text.Json;

namespace Atlas.Queries.Sessions;

/// <summary>The playbook that a session saw, rebuilt from its record and the archive of versions.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="LearningKey">Its key.</param>
/// <param name="Version">The version it got; 0 for none.</param>
/// <param name="Student">What the student saw; null for nothing.</param>
/// <param name="Teacher">What the teacher saw; null for nothing.</param>
/// <param name="Given">What was stored about it: entries given, withheld and left out; null for an older session.</param>
public sealed record SessionPrompt(
    long SessionId, string? LearningKey, int Version, SeenPrompt? Student, SeenPrompt? Teacher, GivenPlaybook? Given)
{
    /// <summary>Rebuilds the prompt.</summary>
    /// <returns>Null if the version is missing from the archive.</returns>
    public static async Task<SessionPrompt?> ReadAsync(PlaybookQueries playbooks, SessionDetail session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(playbooks);
        ArgumentNullException.ThrowIfNull(session);
        var (id, key, number) = (session.Summary.Id, session.Summary.LearningKey, session.Summary.PlaybookVersion ?? 0);
        var given = session.Given?.Deserialize<GivenPlaybook>(AtlasJson.Options);
        if (number == 0 || key is null)
        {
            return new SessionPrompt(id, key, number, null, null, given);
        }

        if (await playbooks.FindVersionAsync(key, number, cancellationToken).ConfigureAwait(false) is not { } archived)
        {
            return null;
        }

        var (playbook, madeAt) = (archived.Playbook(), archived.Summary.CreatedAt);
        return new SessionPrompt(id, key, number, Seen("student"), Seen("teacher"), given);

        SeenPrompt? Seen(string role) => SeenPrompt.Of(role, given, playbook, number, madeAt, session.Metadata ?? default);
    }
}

using System.Text.Json;
using Atlas.Cli.Output;
using Atlas.Domain.Json;
using Atlas.Learning.Sessions;
using Atlas.Queries;

namespace Atlas.Cli.Sessions;

/// <summary>The playbook that a session saw, rebuilt from its record and the archive of versions.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="LearningKey">Its key.</param>
/// <param name="Version">The version it was given; 0 for none.</param>
/// <param name="Student">What the student saw; null for nothing.</param>
/// <param name="Teacher">What the teacher saw; null for nothing.</param>
/// <param name="Given">What was stored of it: entries given, withheld and left out; null for a session from before that was kept.</param>
internal sealed record SessionPrompt(
    long SessionId, string? LearningKey, int Version, SeenPrompt? Student, SeenPrompt? Teacher, GivenPlaybook? Given)
{
    /// <summary>Rebuilds it.</summary>
    /// <exception cref="CommandFailedException">The version is missing in the archive.</exception>
    public static async Task<SessionPrompt> ReadAsync(AtlasQueries source, SessionDetail session, CancellationToken cancellation)
    {
        var (id, key, number) = (session.Summary.Id, session.Summary.LearningKey, session.Summary.PlaybookVersion ?? 0);
        var given = session.Given?.Deserialize<GivenPlaybook>(AtlasJson.Options);
        if (number == 0 || key is null)
        {
            return new SessionPrompt(id, key, number, null, null, given);
        }

        var archived = await source.Playbooks.FindVersionAsync(key, number, cancellation)
            ?? throw new CommandFailedException(
                ExitCode.NotFound,
                $"Session {id} was given version {number} of the playbook of {key}, which is missing in the table playbook_versions. Restore its row from a backup or from the journal.");
        var (playbook, madeAt) = (archived.Playbook(), archived.Summary.CreatedAt);
        return new SessionPrompt(id, key, number, Seen("student"), Seen("teacher"), given);

        SeenPrompt? Seen(string role) => SeenPrompt.Of(role, given, playbook, number, madeAt, session.Metadata ?? default);
    }

    /// <summary>Writes the blocks as they stood in the prompts.</summary>
    public void Write(Terminal terminal)
    {
        SeenPrompt[] seen = [.. new[] { Student, Teacher }.OfType<SeenPrompt>()];
        if (seen.Length == 0)
        {
            terminal.Say($"No playbook was injected into session {SessionId}.");
        }

        foreach (var (prompt, place) in seen.Select((prompt, place) => (prompt, place)))
        {
            if (place > 0)
            {
                terminal.Data();
            }

            terminal.Data(prompt.Block);
            if (!prompt.IsProven)
            {
                terminal.Say($"The hash of the {prompt.Role}'s text is not the one that was recorded when the session began: the version or the record has been changed since.");
            }
        }
    }
}

using Atlas.Cli.Output;
using Atlas.Learning.Sessions;
using Atlas.Queries.Sessions;

namespace Atlas.Cli.Sessions;

/// <summary>Prints the playbook that a session saw, for people.</summary>
internal static class SessionPromptSheet
{
    /// <summary>Writes the blocks as they were in the prompts.</summary>
    public static void Write(SessionPrompt session, Terminal terminal)
    {
        SeenPrompt[] seen = [.. new[] { session.Student, session.Teacher }.OfType<SeenPrompt>()];
        if (seen.Length == 0)
        {
            terminal.Say($"No playbook was injected into session {session.SessionId}.");
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
                terminal.Say($"The hash of the {prompt.Role}'s text differs from the one recorded when the session began, so the version or the record was changed since.");
            }
        }
    }
}

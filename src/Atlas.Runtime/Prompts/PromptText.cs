namespace Atlas.Runtime.Prompts;

/// <summary>Combines a role's prompt with the agent's own.</summary>
internal static class PromptText
{
    private const string Placeholder = "{base_prompt}";

    /// <summary>Returns the agent's own prompt, a blank line, and ours.</summary>
    public static string After(string systemPrompt, string body) =>
        string.IsNullOrWhiteSpace(systemPrompt) ? body.Trim() : $"{systemPrompt.Trim()}\n\n{body.Trim()}";

    /// <summary>Inserts the agent's own prompt into a configured prompt.</summary>
    public static string Fill(string custom, string systemPrompt) => custom.Replace(Placeholder, systemPrompt.Trim(), StringComparison.Ordinal);
}

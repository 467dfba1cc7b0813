namespace Atlas.Runtime.Prompts;

/// <summary>How a role's prompt and the agent's own come together.</summary>
internal static class PromptText
{
    private const string Placeholder = "{base_prompt}";

    /// <summary>The agent's own prompt, a blank line, ours.</summary>
    public static string After(string systemPrompt, string body) =>
        string.IsNullOrWhiteSpace(systemPrompt) ? body.Trim() : $"{systemPrompt.Trim()}\n\n{body.Trim()}";

    /// <summary>A configured prompt with the agent's own put in its place.</summary>
    public static string Fill(string custom, string systemPrompt) => custom.Replace(Placeholder, systemPrompt.Trim(), StringComparison.Ordinal);
}

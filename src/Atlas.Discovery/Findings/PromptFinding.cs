namespace Atlas.Discovery.Findings;

/// <summary>A text for a model.</summary>
/// <param name="Name">The constant, parameter or file that contains it.</param>
/// <param name="Text">The text.</param>
/// <param name="At">The location.</param>
public sealed record PromptFinding(string Name, string Text, SourceLocation At);

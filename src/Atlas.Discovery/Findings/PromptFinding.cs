namespace Atlas.Discovery.Findings;

/// <summary>A text that a model is told.</summary>
/// <param name="Name">The constant, parameter or file it stands in.</param>
/// <param name="Text">The text.</param>
/// <param name="At">Where.</param>
public sealed record PromptFinding(string Name, string Text, SourceLocation At);

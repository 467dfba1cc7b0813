namespace Atlas.Learning.Options;

/// <summary>The block <c>learning.prompts</c>: texts that replace the built-in ones.</summary>
public sealed record LearningPromptOptions
{
    /// <summary>System prompt of the synthesizer.</summary>
    /// <value>The default is none: the built-in prompt.</value>
    public string? Synthesizer { get; init; }
}

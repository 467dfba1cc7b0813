using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;

namespace Atlas.Testing.Playbooks;

/// <summary>A playbook of one text, as it goes into prompts.</summary>
/// <param name="Text">What is injected.</param>
/// <param name="Sha256">Its hash.</param>
/// <param name="Block">The text between its delimiters.</param>
public sealed record RenderedText(string Text, string Sha256, string Block)
{
    /// <summary>Renders a text as somebody wrote it; null if there is nothing to say.</summary>
    public static RenderedText? Of(string role, string? text, int limit = 1000, DateTimeOffset? updatedAt = null, int version = 0) =>
        GivenText.Of(new LearnedPlaybook { StudentPreface = text ?? "", TeacherPreface = text }, role, limit) is { } given
            ? new RenderedText(given.Text.Text, given.Sha256, PlaybookRenderer.Block(role, given.Text.Text, updatedAt, version))
            : null;
}

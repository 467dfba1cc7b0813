using Atlas.Client.Cache;
using Atlas.Contracts.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Options;

namespace Atlas.Client.Chat;

/// <summary>One role's playbook as it goes into the prompts of a session: the same for all its calls.</summary>
/// <param name="Version">Number of the version; 0 while nothing is learned.</param>
/// <param name="Mode">Where it stands.</param>
/// <param name="Sha256">Hash of its text as it is injected; null if there is none.</param>
/// <param name="Block">The text between its delimiters; null if nothing is injected.</param>
/// <param name="IsShortened">Whether the text is shorter than what the cluster gave.</param>
internal sealed record PromptPlaybook(int Version, InjectionMode Mode, string? Sha256, string? Block, bool IsShortened)
{
    public static PromptPlaybook From(ResolvedPlaybook resolved, AtlasChatOptions options) => Create(
        resolved.Version, resolved.InjectionMode, resolved.ApplyToPrompts, options.Role == "teacher" ? resolved.Teacher : resolved.Student, options);

    public static PromptPlaybook From(CachedPlaybook cached, AtlasChatOptions options) =>
        Create(cached.Version, cached.InjectionMode, cached.ApplyToPrompts, cached.Playbook, options);

    private static PromptPlaybook Create(int version, string mode, bool apply, RolePlaybook? playbook, AtlasChatOptions options)
    {
        var place = options.InjectionMode ?? (mode == "suffix" ? InjectionMode.Suffix : InjectionMode.Prefix);
        if (playbook is null)
        {
            return new PromptPlaybook(version, place, null, null, false);
        }

        if (!apply || options.MaxPlaybookTokens is not { } budget)
        {
            return new PromptPlaybook(version, place, playbook.Sha256, apply ? playbook.Block : null, false);
        }

        var text = PlaybookBudget.Fit(playbook.Text, budget, options.CountTokens ?? O200kTokens.Count);
        if (text is null)
        {
            return new PromptPlaybook(version, place, null, null, true);
        }

        var whole = new RenderedPlaybook(playbook.Text, playbook.Sha256, playbook.Block);
        var fitted = text == playbook.Text ? whole : PlaybookRenderer.WithText(whole, text);
        return new PromptPlaybook(version, place, fitted.Sha256, fitted.Block, text != playbook.Text);
    }
}

using System.Collections.Immutable;
using Atlas.Client.Cache;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Learning.Injection;
using Atlas.Learning.Text;

namespace Atlas.Client.Chat;

/// <summary>One role's playbook as it goes into the prompts of a session. All calls of a session share it.</summary>
/// <param name="Given">What the cluster or the cache returned, without the entries that did not fit the budget.</param>
/// <param name="Mode">Where it goes in the prompt.</param>
/// <param name="Role">The text and its hashes; null if there is none.</param>
/// <param name="LeftOut">Entries that the cluster gave and the token budget removed.</param>
/// <param name="IsShortened">Whether the text is shorter than the cluster's.</param>
internal sealed record PromptPlaybook(
    ResolvedPlaybook Given, InjectionMode Mode, RolePlaybook? Role, ImmutableArray<string> LeftOut, bool IsShortened)
{
    /// <summary>Gets the number of the version; 0 while nothing is learned.</summary>
    public int Version => Given.Version;

    /// <summary>Gets the hash of the injected text; null if nothing is injected.</summary>
    public string? Sha256 => Given.ApplyToPrompts ? Role?.Sha256 : null;

    /// <summary>Gets the hash of the version's own text; null if there is none.</summary>
    public string? VersionSha256 => Role?.VersionSha256;

    /// <summary>Gets the text between its delimiters; null if nothing is injected.</summary>
    public string? Block => Given.ApplyToPrompts ? Role?.Block : null;

    public static PromptPlaybook From(ResolvedPlaybook given, AtlasChatOptions options)
    {
        // An experiment overrides the application's own choice; otherwise its arms would not differ.
        var place = given.Arm?.Settings?.InjectionMode ?? options.InjectionMode ?? given.InjectionMode;
        var role = options.Role == "teacher" ? given.Teacher : given.Student;
        return role is null || !given.ApplyToPrompts || options.MaxPlaybookTokens is not { } budget
            ? new PromptPlaybook(given, place, role, [], false)
            : Fitted(given, place, role, budget, options);
    }

    public static PromptPlaybook From(CachedPlaybook cached, AtlasChatOptions options) => From(cached.Resolved, options);

    private static PromptPlaybook Fitted(ResolvedPlaybook given, InjectionMode place, RolePlaybook role, int budget, AtlasChatOptions options)
    {
        var text = new RoleText(role.Text, [.. role.Spans.Select(span => new EntryPlace(span.EntryId, span.Start, span.Length))]);
        var order = given.Entries.Where(entry => entry.Role == options.Role).Select(entry => entry.Id).ToArray();
        var fitted = PlaybookBudget.Fit(text, order, budget, options.CountTokens ?? O200kTokens.Count);
        if (fitted.Text == text)
        {
            return new PromptPlaybook(given, place, role, [], false);
        }

        var left = given with
        {
            Entries = given.Entries.RemoveAll(entry => fitted.LeftOut.Contains(entry.Id)),
            LeftOut = [.. given.LeftOut, .. fitted.LeftOut],
        };
        var shorter = fitted.Text.Text.Length == 0 ? null : new RolePlaybook(
            fitted.Text.Text,
            Sha256Text.Hex(fitted.Text.Text),
            PlaybookRenderer.Block(options.Role, fitted.Text.Text, given.UpdatedAt, given.Version))
        {
            VersionSha256 = role.VersionSha256,
            Spans = [.. fitted.Text.Places.Select(span => new EntrySpan(span.EntryId, span.Start, span.Length))],
            PrefaceKept = fitted.Cut?.Kept,
            PrefaceMark = fitted.Cut?.Mark ?? "",
        };
        return new PromptPlaybook(left, place, shorter, fitted.LeftOut, true);
    }
}

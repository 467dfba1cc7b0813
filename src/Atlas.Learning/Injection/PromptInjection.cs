using System.Collections.Immutable;
using Atlas.Domain;

namespace Atlas.Learning.Injection;

/// <summary>Decides where a playbook goes in a prompt, and up to which point the prompt is the same in every call.</summary>
public static class PromptInjection
{
    /// <summary>The separator of two blocks: a blank line.</summary>
    public const string Separator = "\n\n";

    /// <summary>Puts a playbook into a system prompt that is one text.</summary>
    /// <param name="basePrompt">The application's own prompt; null or empty if it has none. It is never changed.</param>
    /// <param name="playbookBlock">The playbook between its delimiters; null or empty if there is none.</param>
    /// <param name="mode">Where the playbook goes.</param>
    public static InjectedPrompt Compose(string? basePrompt, string? playbookBlock, InjectionMode mode) =>
        Compose([basePrompt ?? ""], playbookBlock, mode);

    /// <summary>Puts a playbook into a prompt that begins with several blocks, such as instructions and worked examples.</summary>
    /// <param name="stable">The blocks that are the same in every call, in order. Empty ones are left out, the others never
    /// changed.</param>
    /// <param name="playbookBlock">The playbook between its delimiters; null or empty if there is none.</param>
    /// <param name="mode"><see cref="InjectionMode.Prefix"/>: the playbook comes first, so nothing is stable.
    /// <see cref="InjectionMode.Suffix"/>: it comes after the last stable block, which is the breakpoint.</param>
    public static InjectedPrompt Compose(ImmutableArray<string> stable, string? playbookBlock, InjectionMode mode)
    {
        ImmutableArray<string> own = [.. stable.Where(block => !string.IsNullOrEmpty(block))];
        var breakpoint = mode is InjectionMode.Suffix && own.Length > 0 ? own.Length - 1 : (int?)null;
        if (string.IsNullOrEmpty(playbookBlock))
        {
            return new InjectedPrompt(own, null, breakpoint);
        }

        return mode is InjectionMode.Suffix
            ? new InjectedPrompt(own.Add(playbookBlock), own.Length, breakpoint)
            : new InjectedPrompt(own.Insert(0, playbookBlock), 0, null);
    }
}

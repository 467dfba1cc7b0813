using Atlas.Cli.Output;
using Atlas.Contracts.Playbooks;

namespace Atlas.Cli.Quickstart;

/// <summary>Shows how a playbook enters the prompt of an agent.</summary>
internal static class NextPrompt
{
    private const string Base = "You work at the order desk of a shop. Help the customer with the tools you have.";

    public static void Write(ResolvedPlaybook playbook, Terminal terminal)
    {
        terminal.Data("system:");
        foreach (var line in Compose(playbook).Split('\n'))
        {
            terminal.Data($"  {line}");
        }

        if (playbook.Student is { } student)
        {
            terminal.Data($"(version {playbook.Version}, sha256 {student.Sha256}: both are stored with the session)");
        }
    }

    private static string Compose(ResolvedPlaybook playbook) => playbook switch
    {
        { Student: null } or { ApplyToPrompts: false } => Base,
        { InjectionMode: "suffix", Student: { } student } => $"{Base}\n\n{student.Block}",
        { Student: { } student } => $"{student.Block}\n\n{Base}",
    };
}

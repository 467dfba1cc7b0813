using Atlas.Contracts.Playbooks;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary>Says which version sessions are given, and whether a later one waits.</summary>
internal static class ServedWords
{
    public static string Of(KeyChange outcome) => outcome.Current switch
    {
        null when outcome.Version == 0 => "nothing is learned yet.",
        null => $"nothing of it reaches the prompts, version {outcome.Version} is a candidate.",
        { } current when current == outcome.Version => $"version {current} is current.",
        { } current => $"version {current} is current, version {outcome.Version} is a candidate.",
    };
}

using Atlas.Contracts.Playbooks;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary>Describes which version sessions get, and whether a later one is staged.</summary>
internal static class ServedWords
{
    public static string Of(KeyChange outcome) => outcome.Current switch
    {
        null when outcome.Version == 0 => "nothing has been learned yet.",
        null => $"no version reaches the prompts, and version {outcome.Version} waits to be promoted.",
        { } current when current == outcome.Version => $"version {current} is current.",
        { } current => $"version {current} is current, and version {outcome.Version} waits to be promoted.",
    };
}

using Atlas.Cli.Output;
using Atlas.Configuration.Checking;

namespace Atlas.Cli.Config;

/// <summary>Prints what is wrong with a configuration, one sentence per line.</summary>
internal static class ProblemSheet
{
    public static void Write(ConfigurationCheck check, Terminal terminal)
    {
        foreach (var warning in check.Warnings)
        {
            terminal.Say($"warning: {warning.Sentence}");
        }

        foreach (var error in check.Errors)
        {
            terminal.Say(error.Sentence);
        }
    }
}

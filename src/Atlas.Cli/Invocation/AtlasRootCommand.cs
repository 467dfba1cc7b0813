using System.CommandLine;

namespace Atlas.Cli.Invocation;

/// <summary><c>atlas</c> itself: shows its help if no command is given.</summary>
internal sealed class AtlasRootCommand : RootCommand, IHasExamples
{
    public AtlasRootCommand(params IEnumerable<Command> commands)
        : base("Atlas.Grains: agents that learn from rewarded sessions.")
    {
        foreach (var command in commands)
        {
            Add(command);
        }

        Add(Debug);
        var help = ExampleHelp.AddTo(this);
        SetAction(help.Invoke);
    }

    /// <summary>Gets the option for developers of Atlas that shows faults with their stack traces.</summary>
    public Option<bool> Debug { get; } = new("--debug") { Hidden = true, Recursive = true };

    public IReadOnlyList<string> Examples { get; } =
    [
        "atlas quickstart",
        "atlas up --detach",
        "atlas import tau-bench runs.json --key tau/airline --approve",
        "atlas playbook show tau/airline --json",
    ];
}

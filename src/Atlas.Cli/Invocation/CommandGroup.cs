using System.CommandLine;

namespace Atlas.Cli.Invocation;

/// <summary>A command that only contains others: <c>atlas session</c>.</summary>
internal sealed class CommandGroup : Command, IHasExamples
{
    public CommandGroup(string name, string description, params IEnumerable<Command> commands)
        : base(name, description)
    {
        foreach (var command in commands)
        {
            Add(command);
        }
    }

    /// <summary>Gets the first example of each subcommand.</summary>
    public IReadOnlyList<string> Examples => [.. Subcommands.Where(command => !command.Hidden).OfType<IHasExamples>().SelectMany(command => command.Examples.Take(1))];
}

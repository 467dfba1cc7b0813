using System.CommandLine;

namespace Atlas.Cli.Invocation;

/// <summary>A command that only holds others: <c>atlas session</c>.</summary>
internal sealed class CommandGroup : Command
{
    public CommandGroup(string name, string description, params IEnumerable<Command> commands)
        : base(name, description)
    {
        foreach (var command in commands)
        {
            Add(command);
        }
    }
}

using System.CommandLine;

namespace Atlas.Cli.Invocation;

/// <summary>A command that does something.</summary>
internal abstract class AtlasCommand : Command, IHasExamples
{
    protected AtlasCommand(CommandContext context, string name, string description)
        : base(name, description)
    {
        Context = context;
        SetAction(async (arguments, cancellation) => (int)await RunAsync(arguments, cancellation));
    }

    public IReadOnlyList<string> Examples { get; protected init; } = [];

    protected CommandContext Context { get; }

    protected abstract Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation);
}

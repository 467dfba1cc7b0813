using System.CommandLine;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Completion;

/// <summary><c>atlas completion suggest LINE</c>: what the scripts call. Not for people.</summary>
internal sealed class SuggestCommand : AtlasCommand
{
    private readonly Argument<string> _line = new("LINE") { Description = "The command line so far, including the program's name." };
    private readonly Option<int?> _at = CommonOptions.Number("--at", "The position of the cursor in the line. Default: its end.", 0, int.MaxValue, null);

    public SuggestCommand(CommandContext context)
        : base(context, "suggest", "List the possible completions of a command line.")
    {
        Hidden = true;
        Add(_line);
        Add(_at);
        Examples = ["atlas completion suggest \"atlas playbook sh\""];
    }

    protected override Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var line = arguments.GetRequiredValue(_line);
        var at = Math.Min(arguments.GetValue(_at) ?? line.Length, line.Length);

        // The program's name may be a path, and is not part of what is parsed.
        var start = line.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var blank ? blank + 1 : line.Length;
        if (at < start)
        {
            return Task.FromResult(ExitCode.Ok);
        }

        var root = CommandTree.Create(Context);
        foreach (var completion in root.Parse(line[start..at]).GetCompletions(at - start).DistinctBy(completion => completion.InsertText ?? completion.Label))
        {
            Context.Terminal.Data(completion.InsertText ?? completion.Label);
        }

        return Task.FromResult(ExitCode.Ok);
    }
}

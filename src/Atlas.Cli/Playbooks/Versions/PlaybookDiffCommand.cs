using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Playbooks.Versions;

/// <summary><c>atlas playbook diff KEY FROM [TO]</c></summary>
internal sealed class PlaybookDiffCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly Argument<int?> _from = PlaybookArgument.Version("FROM", "The version to start from; 0 is the empty playbook before the first version.");
    private readonly Argument<int?> _to = PlaybookArgument.Version("TO", "The version to compare it with. Default: the newest.", isOptional: true);
    private readonly Option<bool> _json = CommonOptions.Json();

    public PlaybookDiffCommand(CommandContext context)
        : base(context, "diff", "Show what changed between two versions of a playbook.")
    {
        Add(_key);
        Add(_from);
        Add(_to);
        Add(_json);
        Examples = ["atlas playbook diff tau/airline 3", "atlas playbook diff tau/airline 3 5 --json"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var difference = await new DatabaseAccess(Context).ReadAsync(async source =>
        {
            var versions = new VersionReader(source);
            return DifferenceDocument.Of(
                key,
                await versions.ReadAsync(key, arguments.GetValue(_from), cancellation),
                await versions.ReadAsync(key, arguments.GetValue(_to), cancellation));
        });
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(difference);
        }
        else
        {
            DifferenceSheet.Write(difference, Context.Terminal);
        }

        return ExitCode.Ok;
    }
}

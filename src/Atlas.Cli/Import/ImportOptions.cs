using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Playbooks;
using Atlas.Domain;

namespace Atlas.Cli.Import;

/// <summary>The options that all imports share.</summary>
internal sealed class ImportOptions
{
    private const int MostConcurrency = 256;

    private readonly Option<string> _key = new("--key")
    {
        Description = "The learning key that these sessions teach.",
        HelpName = "KEY",
        Required = true,
    };

    private readonly Option<int?> _limit = CommonOptions.Number(
        "--limit", "Maximum number of records to import. Default: all.", 1, int.MaxValue, null);

    private readonly Option<int?> _concurrency = CommonOptions.Number(
        "--concurrency", "Number of sessions to write at the same time.", 1, MostConcurrency, 8);

    private readonly Option<bool> _approve = new("--approve")
    {
        Description = "Mark the sessions imported now as reviewed and approved. Existing ones stay as they are.",
    };

    private readonly Option<string?> _reviewer = new("--reviewer")
    {
        Description = "With --approve: the name of the reviewer. Default: the current user.",
        HelpName = "NAME",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_key, _limit, _concurrency, _approve, _reviewer, _json])
        {
            command.Add(option);
        }

        _key.Validators.Add(PlaybookArgument.Check);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_reviewer) is not null && result.GetResult(_approve) is null)
            {
                result.AddError("--reviewer needs --approve.");
            }

        });
    }

    public bool AsJson(ParseResult arguments) => arguments.GetValue(_json);

    /// <param name="arguments">The command line.</param>
    /// <param name="user">The reviewer if nobody is named.</param>
    /// <param name="sourceName">The name of the source, for the note of the approval.</param>
    public ImportSettings Read(ParseResult arguments, string user, string sourceName) => new(
        arguments.GetRequiredValue(_key),
        arguments.GetRequiredValue(_concurrency)!.Value,
        arguments.GetValue(_limit),
        arguments.GetValue(_approve)
            ? new ReviewDecision(ReviewStatus.Approved, arguments.GetValue(_reviewer) ?? user, $"Approved as a whole when {sourceName} was imported.")
            : null);
}

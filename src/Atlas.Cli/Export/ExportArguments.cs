using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Atlas.Cli.Invocation;
using Atlas.Cli.Sessions;
using Atlas.Queries.Training;

namespace Atlas.Cli.Export;

/// <summary>The options of <c>atlas export</c>, except for those about review.</summary>
internal sealed class ExportArguments
{
    private const int EventsWhereNoneIsMeant = 1000;

    private readonly Option<string?> _database = CommonOptions.Text(
        "--database-url", "URL", "The database. Default: the one of this workspace.", "an address such as postgresql://user@host/atlas");

    private readonly Option<string> _output = new("--output") { Description = "The file to write. An existing file is replaced.", HelpName = "FILE", Required = true };

    private readonly Option<string?> _format = new("--format") { Description = "The format: jsonl or parquet. Default: parquet if the name of the file ends in .parquet, else jsonl." };

    private readonly Option<string?> _key = CommonOptions.Text("--key", "KEY", "Only sessions of this learning key.", "a learning key");

    private readonly Option<long[]> _ids = new("--session-id")
    {
        Description = "Only this session; repeatable. The review status and --status still apply.",
        HelpName = "ID",
        CustomParser = SessionArgument.ReadNumbers,
    };

    private readonly Option<string[]> _statuses = new("--status") { Description = "Only sessions with this status, such as succeeded; repeatable.", HelpName = "STATUS" };

    private readonly Option<int?> _limit = CommonOptions.Number(
        "--limit", "Number of sessions to look at, newest first, including those that the filters leave out. Default: all.", 1, int.MaxValue, null);

    private readonly Option<int?> _limitExported = CommonOptions.Number(
        "--limit-exported", "Maximum number of sessions to export. Default: all.", 1, int.MaxValue, null);

    private readonly Option<int?> _offset = CommonOptions.Number("--offset", "Number of the newest sessions to skip.", 0, int.MaxValue, 0);

    private readonly Option<int?> _events = CommonOptions.Number(
        "--trajectory-event-limit", "Maximum number of events per session, keeping the newest; 0 means 1000.", 0, int.MaxValue, 200);

    private readonly Option<int?> _batch = CommonOptions.Number("--batch-size", "Number of sessions to read at a time.", 1, 10_000, 100);

    private readonly Option<double?> _minReward = new("--min-reward") { Description = "Only sessions with at least this reward.", HelpName = "SCORE", CustomParser = ReadScore };

    private readonly Option<DateTimeOffset?> _since = TypedTime.Option("--since", "Only sessions that began at this time or later.");
    private readonly Option<DateTimeOffset?> _until = TypedTime.Option("--until", "Only sessions that began before this time.");

    public ExportArguments()
    {
        _format.OneOf("jsonl", "parquet");
        _events.Aliases.Add("--trajectory-limit");
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])
                 [_output, _format, _key, _ids, _statuses, _limit, _limitExported, _offset, _minReward, _since, _until, _events, _batch, _database])
        {
            command.Add(option);
        }
    }

    /// <param name="arguments">The command line.</param>
    /// <param name="reviewStatuses">In lowercase; empty for all.</param>
    public ExportRequest Read(ParseResult arguments, ImmutableArray<string> reviewStatuses)
    {
        var output = arguments.GetRequiredValue(_output);
        return new ExportRequest
        {
            Output = output,
            Parquet = (arguments.GetValue(_format) ?? (output.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) ? "parquet" : "jsonl")) == "parquet",
            Database = arguments.GetValue(_database),
            RowLimit = arguments.GetValue(_limit),
            RowOffset = arguments.GetRequiredValue(_offset)!.Value,
            Filter = new TrainingFilter
            {
                LearningKey = arguments.GetValue(_key),
                SessionIds = [.. arguments.GetValue(_ids) ?? []],
                Statuses = [.. arguments.GetValue(_statuses) ?? []],
                ReviewStatuses = reviewStatuses,
                IgnoreCase = true,
                MinReward = arguments.GetValue(_minReward),
                CreatedAfter = arguments.GetValue(_since),
                CreatedBefore = arguments.GetValue(_until),
                Limit = arguments.GetValue(_limitExported),
                MostEvents = arguments.GetRequiredValue(_events) is { } events and > 0 ? events : EventsWhereNoneIsMeant,
                PageSize = arguments.GetRequiredValue(_batch)!.Value,
            },
        };
    }

    private static double? ReadScore(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && double.IsFinite(score))
        {
            return score;
        }

        result.AddError($"--min-reward is '{text}'; it must be a number such as 0.8.");
        return null;
    }
}

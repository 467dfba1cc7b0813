using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Queries.Reports;
using Atlas.Reports.Documents;
using Atlas.Reports.Files;

namespace Atlas.Cli.Reports;

/// <summary>The options of <c>atlas report</c>.</summary>
internal sealed class ReportArguments
{
    private readonly Option<string?> _database = CommonOptions.Text(
        "--database-url", "URL", "The database. Default: the one of this workspace.", "an address such as postgresql://user@host/atlas");

    private readonly Option<string[]> _keys = new("--learning-key", "--key")
    {
        Description = "The learning key to report on; repeatable. Default: the keys with the most sessions.",
        HelpName = "KEY",
    };

    private readonly Option<int?> _limit = CommonOptions.Number(
        "--limit", "Maximum number of keys if --key is not given; 0 for all.", int.MinValue, int.MaxValue, 5);

    private readonly Option<int?> _sessions = CommonOptions.Number(
        "--session-limit", "Maximum number of sessions per key, newest first. Default: all.", 1, int.MaxValue, null);

    private readonly Option<int?> _recent = CommonOptions.Number("--recent-window", "Number of rewards in the recent window.", 1, 1_000_000, 5);

    private readonly Option<int?> _baseline = CommonOptions.Number(
        "--baseline-window", "Number of rewards in the baseline, which ends where the recent window begins.", 1, 1_000_000, 50);

    private readonly Option<int?> _discovery = CommonOptions.Number("--discovery-limit", "Maximum number of discovery runs to list per key.", 1, 10_000, 5);

    private readonly Option<int?> _trajectory = CommonOptions.Number(
        "--trajectory-limit", "Maximum number of events to count per session.", 1, int.MaxValue, 200);

    private readonly Option<int?> _batch = CommonOptions.Number("--batch-size", "Number of keys to read at the same time.", 1, 64, 4);

    private readonly Option<bool> _summaryOnly = new("--summary-only")
    {
        Description = "List only the newest sessions, counting all their events but not the calls of their judges.",
    };

    private readonly Option<string?> _project = new("--filter-project") { Description = "Only sessions whose metadata names this project_root.", HelpName = "PATH" };
    private readonly Option<string?> _task = new("--filter-task") { Description = "Only sessions with exactly this task.", HelpName = "TEXT" };
    private readonly Option<string[]> _tags = new("--filter-tag") { Description = "Only sessions with this tag; repeatable.", HelpName = "TAG" };

    private readonly Option<string?> _against = CommonOptions.Text(
        "--against", "KEY", "Another key to compare the key's sessions with.", "a learning key");

    private readonly Option<string?> _againstTag = CommonOptions.Text(
        "--against-tag", "TAG|PATH=VALUE", "A tag, or a value in the metadata. The key's other sessions are compared with those that have it.", "a tag or path=value");

    private readonly Option<string?> _arm = CommonOptions.Text(
        "--arm", "TAG|PATH=VALUE", "With --against or --against-tag: the tag or metadata value of the sessions to compare. Default: all others.", "a tag or path=value");

    private readonly Option<string[]> _where = new("--arm-where")
    {
        Description = "With --against or --against-tag: a condition on the metadata of the sessions on both sides, such as import.trial<7; repeatable.",
        HelpName = "PATH<VALUE",
    };

    private readonly Option<bool> _paired = new("--paired")
    {
        Description = "Compare each task with itself. Use it if both sides of every comparison ran the same tasks.",
    };

    private readonly Option<bool> _independent = new("--independent")
    {
        Description = "Treat both sides as independent even if they share tasks. Default: each task is compared with itself if five or more ran on both sides.",
    };

    private readonly Option<DateTimeOffset?> _since = TypedTime.Option("--since", "A time. Sessions from then on are compared with those before it.");

    private readonly Option<int?> _confidence = CommonOptions.Number("--confidence", "Confidence of the intervals, in percent.", 50, 99, 95);

    private readonly Option<string?> _compareTo = CommonOptions.Text(
        "--compare-to", "FILE", "The index.json of an earlier report to compare with.", "the path of an index.json");

    private readonly Option<string> _output = new("--output-dir")
    {
        Description = "The folder to write to.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine("results", "learning"),
    };

    private readonly Option<bool> _noMarkdown = new("--no-markdown") { Description = "Do not write Markdown." };
    private readonly Option<bool> _noHtml = new("--no-html") { Description = "Do not write the HTML page with charts." };
    private readonly Option<string?> _variant = new("--prompt-variant") { Description = "A note for the index: the prompts in use.", HelpName = "NAME" };
    private readonly Option<string[]> _models = new("--synthesis-model") { Description = "A note for the index: the model of a synthesizer; repeatable.", HelpName = "NAME" };
    private readonly Option<string?> _injection = new("--pamphlet-injection") { Description = "A note for the index: whether playbooks were injected." };
    private readonly Option<string?> _labels = new("--playbook-entry-labels") { Description = "A note for the index: the entry labels in use.", HelpName = "TEXT" };

    public void AddTo(Command command)
    {
        _injection.OneOf("on", "off", "toggle");
        foreach (Option option in (Option[])
                 [
                     _keys, _limit, _sessions, _recent, _baseline, _project, _task, _tags, _against, _againstTag, _arm, _where, _paired, _independent, _since,
                     _confidence, _compareTo, _summaryOnly, _discovery, _trajectory, _batch, _output, _noMarkdown, _noHtml, _variant,
                     _models, _injection, _labels, _database,
                 ])
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetResult(_against) is not null && result.GetResult(_againstTag) is not null)
            {
                result.AddError("Give --against or --against-tag, not both.");
            }

            if (result.GetValue(_paired) && result.GetValue(_independent))
            {
                result.AddError("Give --paired or --independent, not both.");
            }

            if (result.GetResult(_arm) is not null && result.GetResult(_against) is null && result.GetResult(_againstTag) is null)
            {
                result.AddError("--arm needs --against or --against-tag.");
            }

            if (result.GetResult(_where) is { } where)
            {
                if (result.GetResult(_against) is null && result.GetResult(_againstTag) is null)
                {
                    result.AddError("--arm-where needs --against or --against-tag.");
                }

                foreach (var token in where.Tokens)
                {
                    try
                    {
                        ArmCondition.Parse(token.Value);
                    }
                    catch (FormatException wrong)
                    {
                        result.AddError($"--arm-where: {wrong.Message}");
                    }
                }
            }

            if (result.GetResult(_keys) is { } keys && keys.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            {
                result.AddError("--key is empty. Give a learning key such as tau/airline.");
            }
        });
    }

    /// <summary>Returns the named database; null for that of the workspace.</summary>
    public string? Database(ParseResult arguments) => arguments.GetValue(_database);

    public ReportRequest Read(ParseResult arguments)
    {
        var against = arguments.GetValue(_against);
        var control = arguments.GetValue(_againstTag);
        var treatment = arguments.GetValue(_arm);
        return new ReportRequest
        {
            Keys = [.. (arguments.GetValue(_keys) ?? []).Distinct(StringComparer.Ordinal)],
            Limit = arguments.GetValue(_limit) is { } limit and > 0 ? limit : null,
            NewestSessions = arguments.GetValue(_sessions),
            Filter = new ReportFilter
            {
                ProjectRoot = arguments.GetValue(_project),
                Task = arguments.GetValue(_task),
                Tags = [.. arguments.GetValue(_tags) ?? []],
            },
            Settings = new ReportSettings
            {
                RecentWindow = arguments.GetRequiredValue(_recent)!.Value,
                BaselineWindow = arguments.GetRequiredValue(_baseline)!.Value,
                Confidence = arguments.GetRequiredValue(_confidence)!.Value / 100d,
                Paired = arguments.GetValue(_paired),
                Independent = arguments.GetValue(_independent),
                Since = arguments.GetValue(_since),
                ControlLabel = against ?? control,
                TreatmentLabel = treatment ?? (against is not null ? "this key" : "the others"),
            },
            Against = against,
            Control = control is null ? null : ArmSelector.Parse(control),
            Treatment = treatment is null ? null : ArmSelector.Parse(treatment),
            ArmsWhere = [.. (arguments.GetValue(_where) ?? []).Select(ArmCondition.Parse)],
            DiscoveryLimit = arguments.GetRequiredValue(_discovery)!.Value,
            TrajectoryLimit = arguments.GetRequiredValue(_trajectory)!.Value,
            BatchSize = arguments.GetRequiredValue(_batch)!.Value,
            SummaryOnly = arguments.GetValue(_summaryOnly),
            CompareTo = arguments.GetValue(_compareTo),
            OutputDirectory = arguments.GetRequiredValue(_output),
            Markdown = !arguments.GetValue(_noMarkdown),
            Html = !arguments.GetValue(_noHtml),
            Notes = Notes(arguments),
        };
    }

    private RunMetadata? Notes(ParseResult arguments)
    {
        var models = arguments.GetValue(_models) is { Length: > 0 } given ? given : null;
        var (variant, injection, labels) = (arguments.GetValue(_variant), arguments.GetValue(_injection), arguments.GetValue(_labels));
        return variant is null && models is null && injection is null && labels is null ? null : new RunMetadata
        {
            PromptVariant = variant,
            SynthesisModels = models is null ? null : [.. models],
            PamphletInjection = injection,
            PlaybookEntryLabelOverrides = labels,
            EvaluatedAt = "",
        };
    }
}

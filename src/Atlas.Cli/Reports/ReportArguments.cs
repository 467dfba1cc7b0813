using System.CommandLine;
using System.Globalization;
using Atlas.Cli.Invocation;
using Atlas.Queries.Reports;
using Atlas.Reports.Documents;
using Atlas.Reports.Files;

namespace Atlas.Cli.Reports;

/// <summary>The options of <c>atlas report</c>.</summary>
internal sealed class ReportArguments
{
    private readonly Option<string?> _database = CommonOptions.Text(
        "--database-url", "URL", "The database. Default: that of this workspace.", "an address such as postgresql://user@host/atlas");

    private readonly Option<string[]> _keys = new("--learning-key", "--key")
    {
        Description = "Report on this learning key; repeat it for more. Default: the keys with most sessions.",
        HelpName = "KEY",
    };

    private readonly Option<int?> _limit = CommonOptions.Number(
        "--limit", "At most this many keys where none is named; 0 for all.", int.MinValue, int.MaxValue, 5);

    private readonly Option<int?> _sessions = CommonOptions.Number(
        "--session-limit", "Look at the newest so many sessions of a key only.", 1, int.MaxValue, null);

    private readonly Option<int?> _recent = CommonOptions.Number("--recent-window", "Rewards in the recent window.", 1, 1_000_000, 5);

    private readonly Option<int?> _baseline = CommonOptions.Number(
        "--baseline-window", "Rewards in the baseline, which ends where the recent window begins.", 1, 1_000_000, 50);

    private readonly Option<int?> _discovery = CommonOptions.Number("--discovery-limit", "Discovery runs to name per key.", 1, 10_000, 5);

    private readonly Option<int?> _trajectory = CommonOptions.Number(
        "--trajectory-limit", "Count a session's events up to here.", 1, int.MaxValue, 200);

    private readonly Option<int?> _batch = CommonOptions.Number("--batch-size", "Keys that are read at the same time.", 1, 64, 4);

    private readonly Option<bool> _summaryOnly = new("--summary-only")
    {
        Description = "List the newest sessions only, with all their events counted and their judges' calls not.",
    };

    private readonly Option<string?> _project = new("--filter-project") { Description = "Only sessions whose metadata names this project_root.", HelpName = "PATH" };
    private readonly Option<string?> _task = new("--filter-task") { Description = "Only sessions with exactly this task.", HelpName = "TEXT" };
    private readonly Option<string[]> _tags = new("--filter-tag") { Description = "Only sessions with this tag; repeat it for several.", HelpName = "TAG" };

    private readonly Option<string?> _against = CommonOptions.Text(
        "--against", "KEY", "Measure the key's sessions against those of another key.", "a learning key");

    private readonly Option<string?> _againstTag = CommonOptions.Text(
        "--against-tag", "TAG|PATH=VALUE", "Measure the key's other sessions against those with this tag, or this value in their metadata.", "a tag or path=value");

    private readonly Option<string?> _arm = CommonOptions.Text(
        "--arm", "TAG|PATH=VALUE", "With --against or --against-tag: the sessions to measure. Default: all others.", "a tag or path=value");

    private readonly Option<string[]> _where = new("--arm-where")
    {
        Description = "With --against or --against-tag: hold both sides to this condition on their sessions' metadata, such as import.trial<7; repeat it for several.",
        HelpName = "PATH<VALUE",
    };

    private readonly Option<bool> _paired = new("--paired")
    {
        Description = "Both sides of every comparison ran the same tasks anew: compare each task with itself.",
    };

    private readonly Option<bool> _independent = new("--independent")
    {
        Description = "Both sides are independent although they share tasks. Default: each task is compared with itself where five or more ran on both sides.",
    };

    private readonly Option<DateTimeOffset?> _since = new("--since")
    {
        Description = "Compare sessions from this time on with those before it.",
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(
                    result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return time;
            }

            result.AddError($"--since is '{result.Tokens[0].Value}'; it must be a time such as 2026-03-01 or 2026-03-01T07:00:00Z.");
            return null;
        },
    };

    private readonly Option<int?> _confidence = CommonOptions.Number("--confidence", "Confidence of the intervals, in percent.", 50, 99, 95);

    private readonly Option<string?> _compareTo = CommonOptions.Text(
        "--compare-to", "FILE", "The index.json of an earlier run to compare with.", "the path of an index.json");

    private readonly Option<string> _output = new("--output-dir")
    {
        Description = "The folder to write to.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine("results", "learning"),
    };

    private readonly Option<bool> _noMarkdown = new("--no-markdown") { Description = "Write no Markdown." };
    private readonly Option<bool> _noHtml = new("--no-html") { Description = "Write no page with charts." };
    private readonly Option<string?> _variant = new("--prompt-variant") { Description = "A note for the index: the prompts in use.", HelpName = "NAME" };
    private readonly Option<string[]> _models = new("--synthesis-model") { Description = "A note for the index: a synthesizer's model; may be repeated.", HelpName = "NAME" };
    private readonly Option<string?> _injection = new("--pamphlet-injection") { Description = "A note for the index: whether playbooks were injected." };
    private readonly Option<string?> _labels = new("--playbook-entry-labels") { Description = "A note for the index: the labels of entries in use.", HelpName = "TEXT" };

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
                result.AddError("Give --against or --against-tag, not both: there is one side to measure against.");
            }

            if (result.GetValue(_paired) && result.GetValue(_independent))
            {
                result.AddError("Give --paired or --independent, not both.");
            }

            if (result.GetResult(_arm) is not null && result.GetResult(_against) is null && result.GetResult(_againstTag) is null)
            {
                result.AddError("--arm names what is measured; it needs --against or --against-tag.");
            }

            if (result.GetResult(_where) is { } where)
            {
                if (result.GetResult(_against) is null && result.GetResult(_againstTag) is null)
                {
                    result.AddError("--arm-where narrows both sides of a comparison; it needs --against or --against-tag.");
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
                result.AddError("--key is blank; give a learning key such as tau/airline.");
            }
        });
    }

    /// <summary>The database that is named; null for that of the workspace.</summary>
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

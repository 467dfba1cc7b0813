using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Playbooks;
using Atlas.Cli.Playbooks.Changes;
using Atlas.Configuration;
using Atlas.Configuration.Checking;
using Atlas.Domain.Experiments;
using Atlas.Learning.Evidence;

namespace Atlas.Cli.Experiments;

/// <summary><c>atlas experiment start KEY</c></summary>
internal sealed class ExperimentStartCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly Option<(int First, int New)?> _versions = new("--versions")
    {
        Description = "The two versions to compare: the baseline, then the new one. 0 is the empty playbook.",
        HelpName = "FIRST,NEW",
        CustomParser = Versions,
    };

    private readonly Option<string?> _entry = CommonOptions.Text("--entry", "ID", "The entry to test: the new arm gets it, the other arm does not. Only sessions whose task matches the entry's cue are counted.", "the id of an entry");

    private readonly Option<string?> _configuration = CommonOptions.Text(
        "--configuration", "FILE", "A file with the settings of the new arm: injection_mode, model, system_prompt ({base_prompt} inserts the agent's own prompt), or synthesizer alone.", "a file");

    private readonly Option<double> _share = Fraction("--share", "Share of sessions in the new arm, from 0.01 to 0.99.", ExperimentPlan.SmallestShare, 1 - ExperimentPlan.SmallestShare, 0.5);
    private readonly Option<double> _points = Fraction("--points", "Smallest difference worth detecting, in points of reward from 0.1 to 100. The estimate of the sessions needed is based on it.", 0.1, 100, 20);
    private readonly Option<int?> _most = CommonOptions.Number("--max-sessions", "Number of sessions in both arms together after which the experiment ends, whatever it has found. Default: no limit.", 2, 10_000_000, null);
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Print how many sessions the experiment would take, without starting it." };
    private readonly ChangeOptions _options = new();

    public ExperimentStartCommand(CommandContext context)
        : base(context, "start", "Estimate how many sessions an experiment takes, and start it.")
    {
        Add(_key);
        Add(_versions);
        Add(_entry);
        Add(_configuration);
        Add(_share);
        Add(_most);
        Add(_points);
        Add(_dryRun);
        _options.AddTo(this, reasonRequired: false);
        Validators.Add(result =>
        {
            if (new Option[] { _versions, _entry, _configuration }.Count(option => result.GetResult(option) is not null) != 1)
            {
                result.AddError("Give exactly one of --versions, --entry and --configuration. The arms of an experiment differ in one thing only, so that the result has one explanation.");
            }
        });
        Examples =
        [
            "atlas experiment start tau/airline --versions 3,5", "atlas experiment start tau/airline --entry check-first --share 0.3",
            "atlas experiment start tau/airline --configuration other-model.yaml --max-sessions 1000 --points 10",
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var by = _options.Attribution(arguments, Context.Caller);
        var versions = arguments.GetValue(_versions);
        var plan = new ExperimentPlan
        {
            FirstVersion = versions?.First,
            NewVersion = versions?.New,
            Entry = arguments.GetValue(_entry)?.Trim(),
            Configuration = arguments.GetValue(_configuration) is { } file ? Read(file) : null,
            Share = arguments.GetValue(_share),
            MaxSessions = arguments.GetValue(_most),
            Difference = arguments.GetValue(_points) / 100,
        };
        var known = new ExperimentKey(Context, key);
        var findings = await known.FindingsAsync(cancellation);
        await known.DemandAsync(plan, findings, cancellation);
        var needed = ExperimentWords.Needed(plan, findings?.Variance ?? SessionsNeeded.LargestVariance, findings?.Rules ?? new EvidenceOptions());
        var (asJson, dryRun) = (_options.AsJson(arguments), arguments.GetValue(_dryRun));
        if (!asJson)
        {
            Context.Terminal.Data(needed.Summary);
        }

        if (dryRun)
        {
            if (asJson)
            {
                Context.Terminal.Json(new { LearningKey = key, Plan = plan, Needed = needed.Summary, needed.Sessions, needed.SessionsForHalf });
            }

            return ExitCode.Ok;
        }

        await using var client = await new ClusterAccess(Context).ConnectAsync(cancellation);
        var report = await client.StartExperimentAsync(key, plan, by, cancellation);
        if (asJson)
        {
            Context.Terminal.Json(report);
        }
        else
        {
            Context.Terminal.Data(string.Create(CultureInfo.InvariantCulture, $"Experiment {report.Number} is running: {report.Plan.Arms}. See what it finds with `atlas experiment show`."));
        }

        return ExitCode.Ok;
    }

    private static ArmSettings Read(string file)
    {
        try
        {
            return ArmFile.Read(file);
        }
        catch (AtlasConfigurationException wrong)
        {
            throw new CommandFailedException(File.Exists(file) ? ExitCode.Failed : ExitCode.NotFound, wrong.Message);
        }
    }

    private static (int, int)? Versions(ArgumentResult result)
    {
        var parts = result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries);
        if (parts is [var one, var two]
            && int.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(two, NumberStyles.None, CultureInfo.InvariantCulture, out var other))
        {
            return (first, other);
        }

        result.AddError($"--versions is '{result.Tokens[0].Value}'; give two versions, as in --versions 3,5.");
        return null;
    }

    private static Option<double> Fraction(string name, string description, double least, double most, double otherwise) => new(name)
    {
        Description = description,
        HelpName = "X",
        DefaultValueFactory = _ => otherwise,
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            {
                return value;
            }

            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}'; it must be a number from {least} to {most}."));
            return otherwise;
        },
    };
}

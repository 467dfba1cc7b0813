using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Playbooks;
using Atlas.Domain;
using Atlas.Learning.Evidence;

namespace Atlas.Cli.Experiments;

/// <summary><c>atlas experiment list KEY</c></summary>
internal sealed class ExperimentListCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly Option<bool> _json = CommonOptions.Json();

    public ExperimentListCommand(CommandContext context)
        : base(context, "list", "List the experiments of a learning key with their verdicts, newest first.")
    {
        Add(_key);
        Add(_json);
        Examples = ["atlas experiment list tau/airline"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var experiments = (await new ExperimentKey(Context, key).FindingsAsync(cancellation))?.Experiments ?? [];
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(new { LearningKey = key, Experiments = experiments });
        }
        else if (experiments.IsEmpty)
        {
            Context.Terminal.Say("This key has no experiments yet. Start one with `atlas experiment start`.");
        }
        else
        {
            Context.Terminal.Table(
                [
                    new("number", IsNumber: true), new("arms", Wraps: true), new("status"), new("verdict"), new("points", IsNumber: true), new("between"),
                    new("new", IsNumber: true), new("other", IsNumber: true), new("missing", IsNumber: true), new("started"), new("by"),
                ],
                experiments.Select(each => (IReadOnlyList<string>)
                [
                    Wording.Number(each.Number), each.Plan.Arms, each.Status.ToWire(), each.Decision.ToWire().Replace('_', ' '),
                    EffectWords.Points(each.Effect), $"{EffectWords.Points(each.Low)} to {EffectWords.Points(each.High)}",
                    Wording.Number(each.InNew), Wording.Number(each.InFirst), Wording.Number(each.Missing), Wording.Time(each.StartedAt), each.StartedBy,
                ]));
        }

        return ExitCode.Ok;
    }
}

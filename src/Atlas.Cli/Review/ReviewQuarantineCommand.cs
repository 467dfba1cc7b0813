using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Domain;

namespace Atlas.Cli.Review;

/// <summary><c>atlas review quarantine ID…</c>, or <c>--key KEY</c></summary>
internal sealed class ReviewQuarantineCommand : AtlasCommand
{
    private readonly ReviewTarget _target = new();

    private readonly Option<bool> _undo = new("--undo")
    {
        Description = "Undo what they taught, by going back to the version before.",
    };

    private readonly ReviewOptions _options = new();

    public ReviewQuarantineCommand(CommandContext context)
        : base(context, "quarantine", "Quarantine sessions, so that they do not teach, and show how to undo what they taught.")
    {
        _target.AddTo(this);
        Add(_undo);
        _options.AddTo(this);
        Examples =
        [
            "atlas review quarantine 17 --note \"the tool was broken\"",
            "atlas review quarantine 17 --note \"the tool was broken\" --undo",
            "atlas review quarantine --key tau/airline --status approved --limit 100 --note \"the simulator was broken\"",
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var decision = _options.Decision(ReviewStatus.Quarantined, arguments, Context.Caller);
        var (sessions, unknown) = await _target.FindAsync(new ReviewQueue(Context), arguments, cancellation);
        await using var client = await new ClusterAccess(Context).ConnectAsync(cancellation);
        var (reviewed, failed) = await new ReviewRun(Context, client, decision).RunAsync(sessions, unknown, cancellation);
        var undoing = new ReviewUndo(Context, client, decision.Reviewer);
        var undo = await undoing.OfferAsync(reviewed, cancellation);
        if (arguments.GetValue(_undo))
        {
            undo = await undoing.CarryOutAsync(undo, cancellation);
        }

        var report = new ReviewReport(decision.Status, decision.Reviewer, decision.Note, reviewed, failed, undo);
        return _options.Conclude(report, arguments, Context);
    }
}

using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Domain;

namespace Atlas.Cli.Review;

/// <summary><c>atlas review approve ID…</c>, or <c>--key KEY</c></summary>
internal sealed class ReviewApproveCommand : AtlasCommand
{
    private readonly ReviewTarget _target = new();
    private readonly ReviewOptions _options = new();

    public ReviewApproveCommand(CommandContext context)
        : base(context, "approve", "Approve sessions. Those that were waiting teach now.")
    {
        _target.AddTo(this);
        _options.AddTo(this);
        Examples =
        [
            "atlas review approve 17 18 --note \"checked by hand\"",
            "atlas review approve --key tau/airline --limit 100 --by ann",
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var decision = _options.Decision(ReviewStatus.Approved, arguments, Context.Caller);
        var (sessions, unknown) = await _target.FindAsync(new ReviewQueue(Context), arguments, cancellation);
        await using var client = await new ClusterAccess(Context).ConnectAsync(cancellation);
        var (reviewed, failed) = await new ReviewRun(Context, client, decision).RunAsync(sessions, unknown, cancellation);
        var report = new ReviewReport(decision.Status, decision.Reviewer, decision.Note, reviewed, failed, []);
        return _options.Conclude(report, arguments, Context);
    }
}

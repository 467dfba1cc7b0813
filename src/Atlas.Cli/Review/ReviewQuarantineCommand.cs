using System.Collections.Immutable;
using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Sessions;

namespace Atlas.Cli.Review;

/// <summary><c>atlas review quarantine ID…</c></summary>
internal sealed class ReviewQuarantineCommand : AtlasCommand
{
    private readonly Argument<long[]> _ids = new("ID")
    {
        Description = "The sessions' numbers, as `atlas review list` shows them.",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = SessionArgument.ReadNumbers,
    };

    private readonly Option<bool> _undo = new("--undo")
    {
        Description = "Take back what they have taught: go back to the version before.",
    };

    private readonly ReviewOptions _options = new();

    public ReviewQuarantineCommand(CommandContext context)
        : base(context, "quarantine", "Keep sessions from teaching, and say how to undo what they have taught.")
    {
        Add(_ids);
        Add(_undo);
        _options.AddTo(this);
        Examples =
        [
            "atlas review quarantine 17 --note \"the tool was broken\"",
            "atlas review quarantine 17 --note \"the tool was broken\" --undo",
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var decision = _options.Decision("quarantined", arguments, Context.Caller);
        ImmutableArray<long> ids = [.. arguments.GetRequiredValue(_ids)];
        var sessions = await new ReviewQueue(Context).FindAsync(ids, cancellation);
        await using var client = await new ClusterAccess(Context).ConnectAsync(cancellation);
        var (reviewed, failed) = await new ReviewRun(Context, client, decision).RunAsync(
            sessions, ids.Except(sessions.Select(session => session.Id)), cancellation);
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

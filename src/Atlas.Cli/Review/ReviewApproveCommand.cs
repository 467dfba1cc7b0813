using System.Collections.Immutable;
using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Sessions;

namespace Atlas.Cli.Review;

/// <summary><c>atlas review approve ID…</c>, or <c>--key KEY</c></summary>
internal sealed class ReviewApproveCommand : AtlasCommand
{
    private readonly Argument<long[]> _ids = new("ID")
    {
        Description = "The sessions' numbers, as `atlas review list` shows them.",
        Arity = ArgumentArity.ZeroOrMore,
        CustomParser = SessionArgument.ReadNumbers,
    };

    private readonly ReviewFilter _filter = new(limit: null);
    private readonly ReviewOptions _options = new();

    public ReviewApproveCommand(CommandContext context)
        : base(context, "approve", "Approve sessions; those that wait teach now.")
    {
        Add(_ids);
        _filter.AddTo(this);
        _options.AddTo(this);
        Validators.Add(result =>
        {
            var named = result.GetResult(_ids) is { Tokens.Count: > 0 };
            if (named == result.GetResult(_filter.Key) is not null)
            {
                result.AddError(named
                    ? "Name sessions by number or choose them with --key, not both."
                    : "Name sessions by number, or choose finished ones with --key KEY.");
            }

            if (named && (result.GetResult(_filter.Limit) is not null || result.GetResult(_filter.Status) is { Implicit: false }))
            {
                result.AddError("--status and --limit choose among the sessions of --key; sessions named by number need neither.");
            }
        });
        Examples =
        [
            "atlas review approve 17 18 --note \"checked by hand\"",
            "atlas review approve --key tau/airline --limit 100 --by ann",
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var decision = _options.Decision("approved", arguments, Context.Caller);
        ImmutableArray<long> ids = [.. arguments.GetValue(_ids) ?? []];
        var queue = new ReviewQueue(Context);
        var sessions = ids.IsEmpty
            ? await queue.ListAsync(_filter, arguments, arguments.GetValue(_filter.Limit) ?? int.MaxValue, cancellation)
            : await queue.FindAsync(ids, cancellation);
        await using var client = await new ClusterAccess(Context).ConnectAsync(cancellation);
        var (reviewed, failed) = await new ReviewRun(Context, client, decision).RunAsync(
            sessions, ids.Except(sessions.Select(session => session.Id)), cancellation);
        var report = new ReviewReport(decision.Status, decision.Reviewer, decision.Note, reviewed, failed, []);
        return _options.Conclude(report, arguments, Context);
    }
}

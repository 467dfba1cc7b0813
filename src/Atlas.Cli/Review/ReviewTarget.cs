using System.Collections.Immutable;
using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Sessions;
using Atlas.Queries;

namespace Atlas.Cli.Review;

/// <summary>The sessions that a decision applies to: some by number, or finished ones of a learning key by filter.</summary>
internal sealed class ReviewTarget
{
    private readonly Argument<long[]> _ids = new("ID")
    {
        Description = "The numbers of the sessions, as `atlas review list` shows them.",
        Arity = ArgumentArity.ZeroOrMore,
        CustomParser = SessionArgument.ReadNumbers,
    };

    private readonly ReviewFilterOptions _filter = new(limit: null);

    public void AddTo(Command command)
    {
        command.Add(_ids);
        _filter.AddTo(command);
        command.Validators.Add(result =>
        {
            var named = result.GetResult(_ids) is { Tokens.Count: > 0 };
            if (named == result.GetResult(_filter.Key) is not null)
            {
                result.AddError(named
                    ? "Name sessions by number, or select them with --key, but not both."
                    : "Name sessions by number, or select finished ones with --key KEY.");
            }

            if (named && (result.GetResult(_filter.Limit) is not null || result.GetResult(_filter.Status) is { Implicit: false }))
            {
                result.AddError("--status and --limit need --key. Leave them out when you name sessions by number.");
            }
        });
    }

    /// <summary>Returns the sessions, and the numbers that are not sessions.</summary>
    /// <exception cref="CommandFailedException">The requested learning key is unknown.</exception>
    public async Task<(ImmutableArray<ReviewItem> Sessions, ImmutableArray<long> Unknown)> FindAsync(
        ReviewQueue queue, ParseResult arguments, CancellationToken cancellation)
    {
        ImmutableArray<long> ids = [.. arguments.GetValue(_ids) ?? []];
        if (ids.IsEmpty)
        {
            return (await queue.ListAsync(_filter, arguments, arguments.GetValue(_filter.Limit) ?? int.MaxValue, cancellation), []);
        }

        var found = await queue.FindAsync(ids, cancellation);
        return (found, [.. ids.Except(found.Select(session => session.Id))]);
    }
}

using System.Collections.Immutable;
using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Playbooks;
using Atlas.Domain;
using Atlas.Queries;

namespace Atlas.Cli.Review;

/// <summary>Reads the sessions that a review command is about.</summary>
internal sealed class ReviewQueue(CommandContext context)
{
    /// <summary>Returns finished sessions that pass the filter, the oldest first.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="arguments">The command line with the filter's values.</param>
    /// <param name="limit">The maximum number of sessions.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="CommandFailedException">The requested learning key is unknown.</exception>
    public Task<ImmutableArray<ReviewItem>> ListAsync(
        ReviewFilterOptions filter, ParseResult arguments, int limit, CancellationToken cancellation) =>
        new DatabaseAccess(context).ReadAsync(async source =>
        {
            var key = arguments.GetValue(filter.Key);
            var found = await source.Reviews.ListAsync(
                new ReviewFilter
                {
                    LearningKey = key,
                    ReviewStatus = WireName.Parse<ReviewStatus>(arguments.GetRequiredValue(filter.Status)),
                    Limit = limit,
                },
                cancellation);
            if (found.IsEmpty && key is not null
                && (await source.Sessions.ListAsync(new SessionFilter { LearningKey = key, Limit = 1 }, cancellation)).IsEmpty
                && !await source.Keys.IsKnownAsync(key, cancellation))
            {
                throw PlaybookArgument.Unknown(key);
            }

            return found;
        });

    /// <summary>Returns those of the numbered sessions that exist.</summary>
    public Task<ImmutableArray<ReviewItem>> FindAsync(ImmutableArray<long> ids, CancellationToken cancellation) =>
        new DatabaseAccess(context).ReadAsync(source => source.Reviews.FindAsync(ids, cancellation));
}

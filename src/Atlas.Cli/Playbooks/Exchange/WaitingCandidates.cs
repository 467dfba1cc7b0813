using System.Collections.Immutable;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Playbooks.Versions;
using Atlas.Storage.Learning;

namespace Atlas.Cli.Playbooks.Exchange;

/// <summary>The candidates that wait to be accepted into a playbook.</summary>
internal static class WaitingCandidates
{
    /// <summary>Lists the candidates of a key. A key can have candidates before it has learned anything.</summary>
    /// <exception cref="CommandFailedException">The key is unknown, and has no candidates.</exception>
    public static Task<ImmutableArray<EntryProposal>> ListAsync(CommandContext context, string key, CancellationToken cancellation) =>
        new DatabaseAccess(context).ReadAsync(async queries =>
        {
            var waiting = await queries.Proposals.ListAsync(key, "pending", null, int.MaxValue, cancellation);
            if (waiting.IsEmpty)
            {
                await new VersionReader(queries).StandingAsync(key, cancellation);
            }

            return waiting;
        });
}

using System.Collections.Immutable;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Playbooks.Versions;
using Atlas.Storage.Learning;

namespace Atlas.Cli.Playbooks.Exchange;

/// <summary>The entries that wait to be accepted into a playbook.</summary>
internal static class WaitingCandidates
{
    /// <summary>Those of a key. A key may have candidates before it has learned anything.</summary>
    /// <exception cref="CommandFailedException">Nothing is known of the key, and nothing waits for it.</exception>
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

using System.Collections.Immutable;
using Atlas.Cli.Output;
using Atlas.Client;
using Atlas.Contracts;
using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;

namespace Atlas.Cli.Forgetting;

/// <summary>Repeats a request until nothing is left to forget, because a silo forgets a limited number of sessions per call, and only for so long.</summary>
internal static class ForgettingInParts
{
    /// <summary>Forgets everything that a request selects.</summary>
    /// <returns>What was forgotten, summed up by learning key. A dry run is one call, so there can be more than it shows.</returns>
    /// <exception cref="CommandFailedException">A part failed; the message says how much was forgotten before.</exception>
    public static async Task<ForgetOutcome> RunAsync(IAtlasClient client, ForgetRequest request, Attribution by, CancellationToken cancellation)
    {
        var all = await client.ForgetAsync(request, by, cancellation);
        while (all is { More: true, DryRun: false })
        {
            var forgotten = all.Keys.Sum(key => key.Sessions.Length);
            try
            {
                var part = await client.ForgetAsync(request, by, cancellation);
                all = new ForgetOutcome(DryRun: false, Sum(all.Keys, part.Keys), part.More);
                if (part.More && part.Keys.All(key => key.Sessions.IsEmpty && key is { Events: 0, Versions: 0 }))
                {
                    throw Unfinished(ExitCode.Failed, forgotten, "The silo forgets no more of them.");
                }
            }
            catch (Exception stopped) when (stopped is AtlasUnavailableException or AtlasRefusedException or OperationCanceledException)
            {
                throw stopped switch
                {
                    OperationCanceledException => Unfinished(ExitCode.Interrupted, forgotten, "Stopped.", stopped),
                    AtlasRefusedException => Unfinished(ExitCode.Refused, forgotten, stopped.Message, stopped),
                    _ => Unfinished(ExitCode.NotRunning, forgotten, stopped.Message, stopped),
                };
            }
        }

        return all;
    }

    private static ImmutableArray<ForgottenKey> Sum(ImmutableArray<ForgottenKey> one, ImmutableArray<ForgottenKey> other) =>
    [
        .. one.Concat(other).GroupBy(key => key.LearningKey, StringComparer.Ordinal).Select(same => new ForgottenKey(
            same.Key,
            [.. same.SelectMany(key => key.Sessions).Distinct()],
            same.Sum(key => key.Events),
            same.Sum(key => key.Versions),
            [.. same.SelectMany(key => Known(key.Withdrawn)).Distinct(StringComparer.Ordinal)],

            // What lost support in one part can have lost all of it in a later one.
            [.. same.SelectMany(key => Known(key.LostSupport)).Distinct(StringComparer.Ordinal).Except(same.SelectMany(key => Known(key.Withdrawn)), StringComparer.Ordinal)])),
    ];

    private static ImmutableArray<string> Known(ImmutableArray<string> entries) => entries.IsDefault ? [] : entries;

    private static CommandFailedException Unfinished(ExitCode code, int forgotten, string why, Exception? cause = null) => new(
        code, $"{Wording.Count(forgotten, "session")} {(forgotten == 1 ? "is" : "are")} forgotten, and some are left. {why} Repeat the command for the rest.", cause);
}

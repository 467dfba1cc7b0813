using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;

namespace Atlas.Client;

/// <remarks>Forgetting sessions.</remarks>
public sealed partial class AtlasClient
{
    public async Task<ForgetOutcome> ForgetAsync(ForgetRequest request, Attribution by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var outcome = await _calls.RepeatableAsync(() => Cluster.Client.GetGrain<IForgettingGrain>(0).Forget(request, by), cancellationToken).ConfigureAwait(false);
        foreach (var key in outcome.Keys)
        {
            // The copy kept on disk for outages must not repeat what was forgotten.
            if (_kept is not null && !outcome.DryRun && key.LearningKey is { } name)
            {
                await ResolveAsync(name, PlaybookFreshness.Strict, cancellationToken).ConfigureAwait(false);
            }
        }

        return outcome;
    }
}

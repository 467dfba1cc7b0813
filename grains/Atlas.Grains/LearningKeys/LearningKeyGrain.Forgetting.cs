using System.Collections.Immutable;
using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;

namespace Atlas.Grains.LearningKeys;

internal sealed partial class LearningKeyGrain
{
    public Task<ForgottenKey> Forget(ImmutableArray<long> sessions, string? subject, Attribution by, bool dryRun) =>
        new KeyForgetter(Key, _commit, _services).ForgetAsync(sessions, subject, Sign(by), dryRun);
}

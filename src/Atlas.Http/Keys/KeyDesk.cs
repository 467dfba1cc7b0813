using System.Text.Json;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Experiments;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Problems;
using Atlas.Learning.Economics;
using Atlas.Learning.Journal;
using Atlas.Queries;

namespace Atlas.Http.Keys;

/// <summary>Reads and changes learning keys, and explains why a key refuses.</summary>
public sealed class KeyDesk(Backend backend)
{
    /// <summary>Returns the committed state of a key. Callers ask for it first, so that a mistyped key leaves no trace in the
    /// cluster.</summary>
    /// <exception cref="ProblemException">The key is unknown.</exception>
    public async Task<LearningKeyState> StateAsync(string stored, Caller caller, CancellationToken cancellation)
    {
        var document = await backend.Playbooks.FindStateAsync(stored, cancellation).ConfigureAwait(false)
            ?? throw Problem.KeyNotFound.With($"There is no learning key '{Door.Parameters.Short(caller.Show(stored))}'. Its first session creates it.");
        return document.State.Deserialize<LearningKeyState>(AtlasJson.Options)!;
    }

    /// <summary>Returns a version with its content.</summary>
    /// <exception cref="ProblemException">There is no such key or version.</exception>
    public async Task<VersionDetail> VersionAsync(string stored, int version, Caller caller, CancellationToken cancellation) =>
        await backend.Playbooks.FindVersionAsync(stored, version, cancellation).ConfigureAwait(false)
            ?? throw NoVersion(caller.Show(stored), version, (await StateAsync(stored, caller, cancellation).ConfigureAwait(false)).Version);

    /// <summary>Returns the playbook of a key at a version; 0 is the empty playbook before the first.</summary>
    public async Task<LearnedPlaybook> PlaybookAsync(string stored, int version, Caller caller, CancellationToken cancellation)
    {
        if (version == 0)
        {
            await StateAsync(stored, caller, cancellation).ConfigureAwait(false);
            return LearnedPlaybook.Empty;
        }

        return (await VersionAsync(stored, version, caller, cancellation).ConfigureAwait(false)).Playbook();
    }

    /// <summary>Estimates what another playbook would cost in the vendors' prompt caches, based on the key's own traffic.</summary>
    public async Task<ChangeCost> CostAsync(string stored, CancellationToken cancellation)
    {
        var current = await backend.ResolveAsync(stored).ConfigureAwait(false);
        return ChangeCost.Of(
            await backend.Caches.TrafficAsync(stored, cancellation).ConfigureAwait(false),
            current is { ApplyToPrompts: true, Student.Block: var block } ? block.Length : 0,
            current.InjectionMode);
    }

    /// <summary>Changes a key, once for each operation.</summary>
    /// <param name="stored">The key.</param>
    /// <param name="caller">The caller that asks.</param>
    /// <param name="version">The version that the change is about; null for none.</param>
    /// <param name="by">The author to record, and the identity of the change.</param>
    /// <param name="change">The change.</param>
    /// <param name="context">The request, which may be meant for a particular playbook only.</param>
    /// <param name="why">Explains the refusal of the key; null for the explanations that are common to all changes.</param>
    public Task<KeyChange> ChangeAsync(
        string stored, Caller caller, int? version, Attribution by, Func<ILearningKeyGrain, Attribution, Task<KeyChange>> change, HttpContext context,
        Func<ILearningKeyGrain, Task<Problem?>>? why = null) => OnceAsync(
            stored, caller, by, change,
            async (key, made) =>
            {
                var now = await key.Describe().ConfigureAwait(false);
                return new KeyChange(made.VersionAfter ?? now.NewestVersion, Changed: true, now.Playbook.ApplyToPrompts ? now.Playbook.Version : null);
            },
            why ?? (async key => version > (await key.Describe().ConfigureAwait(false)).NewestVersion ? Problem.VersionNotFound : null),
            context);

    /// <summary>Asks a key for something that is recorded in its journal, once for each operation.</summary>
    /// <param name="stored">The key.</param>
    /// <param name="caller">The caller that asks.</param>
    /// <param name="by">The author to record, and the identity of the change.</param>
    /// <param name="change">The change.</param>
    /// <param name="again">The answer for a change that was already made, by a silo that died before it could answer.</param>
    /// <param name="why">Explains the refusal of the key; null for the explanations that are common to all changes.</param>
    /// <param name="context">The request, which may be meant for a particular playbook only.</param>
    /// <exception cref="ProblemException">The key refuses.</exception>
    public async Task<T> OnceAsync<T>(
        string stored, Caller caller, Attribution by, Func<ILearningKeyGrain, Attribution, Task<T>> change, Func<ILearningKeyGrain, OperationRecord, Task<T>> again,
        Func<ILearningKeyGrain, Task<Problem?>> why, HttpContext context)
    {
        var key = backend.Key(stored);
        if (by.OperationId is { } operation
            && await backend.Playbooks.FindOperationAsync(stored, operation, context.RequestAborted).ConfigureAwait(false) is { } made)
        {
            return await again(key, made).ConfigureAwait(false);
        }

        if (context.Request.Headers.IfMatch.Count > 0)
        {
            by = by with { OnlyAtVersion = await DemandMatchAsync(key, caller, context.Request).ConfigureAwait(false) };
        }

        try
        {
            var before = await key.Describe().ConfigureAwait(false);
            var changed = await change(key, by).ConfigureAwait(false);
            context.Features.Set(new AuditNote(caller.Show(stored), Standing(before)) { IsMade = true });
            var after = await key.Describe().ConfigureAwait(false);
            context.Features.Set(new AuditNote(caller.Show(stored), Standing(before), Standing(after, changed as ExperimentReport)) { IsMade = true });
            return changed;
        }
        catch (AtlasRefusedException refused)
        {
            var standing = await key.Describe().ConfigureAwait(false);
            var problem = by.OnlyAtVersion is { } expected && expected != standing.NewestVersion ? Problem.PreconditionFailed
                : await why(key).ConfigureAwait(false) is { } known ? known
                : standing.Frozen ? Problem.KeyFrozen
                : standing.PinnedVersion is not null ? Problem.KeyPinned
                : refused.Message.Contains("not staged", StringComparison.Ordinal) && !standing.Staged ? Problem.KeyNotStaged
                : Problem.Refused;
            throw problem.With(caller.Say(refused.Message));
        }
    }

    private static JsonElement Standing(LearningKeyDescription key, ExperimentReport? experiment = null) => JsonSerializer.SerializeToElement(
        new
        {
            version = key.NewestVersion,
            current = key.Playbook.Version,
            staged = key.Staged,
            frozen = key.Frozen,
            pinned = key.PinnedVersion,
            experiment = experiment is null ? null : new { experiment.Number, experiment.Status, experiment.Decision },
        },
        ApiJson.Options);

    /// <summary>Returns the newest version if the current playbook is the one that the caller has seen.</summary>
    private static async Task<int> DemandMatchAsync(ILearningKeyGrain key, Caller caller, HttpRequest request)
    {
        var standing = await key.Describe().ConfigureAwait(false);
        var current = PlaybookBytes.Of(standing.Playbook, caller);
        return EntityTags.IsOutdated(request, current.ETag)
            ? throw Problem.PreconditionFailed.With(FormattableString.Invariant(
                $"The playbook is at version {current.Shown.Version} with the ETag {current.ETag} now. Read it again, then send the change with that."))
            : standing.NewestVersion;
    }

    private static ProblemException NoVersion(string key, int version, int newest) => Problem.VersionNotFound.With(FormattableString.Invariant(newest == 0
        ? (FormattableString)$"The learning key '{Door.Parameters.Short(key)}' has no version {version}: it has learned nothing yet."
        : $"The learning key '{Door.Parameters.Short(key)}' has no version {version}; it has versions 1 to {newest}."));
}

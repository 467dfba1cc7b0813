using System.Text.Json;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Problems;
using Atlas.Learning.Journal;
using Atlas.Queries;

namespace Atlas.Http.Keys;

/// <summary>Reads learning keys and asks them to change, and says why a key refuses.</summary>
public sealed class KeyDesk(Backend backend)
{
    /// <summary>The committed state of a key. Asked first, so that a mistyped key leaves no trace in the cluster.</summary>
    /// <exception cref="ProblemException">Nothing is known of the key.</exception>
    public async Task<LearningKeyState> StateAsync(string stored, Caller caller, CancellationToken cancellation)
    {
        var document = await backend.Playbooks.FindStateAsync(stored, cancellation).ConfigureAwait(false)
            ?? throw Problem.KeyNotFound.With($"Nothing is known of the learning key '{Door.Parameters.Short(caller.Show(stored))}'. The first session with it makes it known.");
        return document.State.Deserialize<LearningKeyState>(AtlasJson.Options)!;
    }

    /// <summary>One version with its content.</summary>
    /// <exception cref="ProblemException">There is no such key or version.</exception>
    public async Task<VersionDetail> VersionAsync(string stored, int version, Caller caller, CancellationToken cancellation) =>
        await backend.Playbooks.FindVersionAsync(stored, version, cancellation).ConfigureAwait(false)
            ?? throw NoVersion(caller.Show(stored), version, (await StateAsync(stored, caller, cancellation).ConfigureAwait(false)).Version);

    /// <summary>What a key said at a version; 0 is the empty playbook before the first.</summary>
    public async Task<LearnedPlaybook> PlaybookAsync(string stored, int version, Caller caller, CancellationToken cancellation)
    {
        if (version == 0)
        {
            await StateAsync(stored, caller, cancellation).ConfigureAwait(false);
            return LearnedPlaybook.Empty;
        }

        return (await VersionAsync(stored, version, caller, cancellation).ConfigureAwait(false)).Playbook();
    }

    /// <summary>Asks a key to change, once for each operation.</summary>
    /// <param name="stored">The key.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="version">The version that is named; null for none.</param>
    /// <param name="by">Who is written down, and the identity of the change.</param>
    /// <param name="change">The change.</param>
    /// <param name="context">The request, which may be meant for a certain playbook only.</param>
    public async Task<KeyChange> ChangeAsync(
        string stored, Caller caller, int? version, Attribution by, Func<ILearningKeyGrain, Attribution, Task<KeyChange>> change, HttpContext context)
    {
        var key = backend.Key(stored);
        if (by.OperationId is { } operation
            && await backend.Playbooks.FindOperationAsync(stored, operation, context.RequestAborted).ConfigureAwait(false) is { } made)
        {
            // A silo that died has done it, and its answer was lost.
            var now = await key.Describe().ConfigureAwait(false);
            return new KeyChange(made.VersionAfter ?? now.NewestVersion, Changed: true, now.Playbook.ApplyToPrompts ? now.Playbook.Version : null);
        }

        if (context.Request.Headers.IfMatch.Count > 0)
        {
            by = by with { OnlyAtVersion = await DemandMatchAsync(key, caller, context.Request).ConfigureAwait(false) };
        }

        try
        {
            var before = await key.Describe().ConfigureAwait(false);
            var changed = await change(key, by).ConfigureAwait(false);
            var after = await key.Describe().ConfigureAwait(false);
            context.Features.Set(new AuditNote(caller.Show(stored), Standing(before), Standing(after)));
            return changed;
        }
        catch (AtlasRefusedException refused)
        {
            var standing = await key.Describe().ConfigureAwait(false);
            var problem = by.OnlyAtVersion is { } expected && expected != standing.NewestVersion ? Problem.PreconditionFailed
                : version > standing.NewestVersion ? Problem.VersionNotFound
                : standing.Frozen ? Problem.KeyFrozen
                : standing.PinnedVersion is not null ? Problem.KeyPinned
                : refused.Message.Contains("not staged", StringComparison.Ordinal) && !standing.Staged ? Problem.KeyNotStaged
                : Problem.Refused;
            throw problem.With(caller.Say(refused.Message));
        }
    }

    private static JsonElement Standing(LearningKeyDescription key) => JsonSerializer.SerializeToElement(
        new { version = key.NewestVersion, current = key.Playbook.Version, staged = key.Staged, frozen = key.Frozen, pinned = key.PinnedVersion }, ApiJson.Options);

    /// <summary>The newest version, while the current playbook is the one that the caller has seen.</summary>
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

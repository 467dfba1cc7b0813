using Atlas.Domain.Playbooks;
using Atlas.Learning.Leaks;
using Atlas.Learning.Options;

namespace Atlas.Learning.Journal;

/// <summary>What follows from staging, promoting and pinning: the version that a key's sessions get. Pure.</summary>
/// <remarks>None of it touches the chain of versions. While a key is staged or pinned, synthesis continues from the newest version; only
/// what reaches prompts stays the same. While a key is frozen, all of it is refused.</remarks>
public static class StagingDecisions
{
    /// <summary>Makes new versions candidates. The current version stays current.</summary>
    /// <exception cref="RefusedException">The key is frozen.</exception>
    public static Decision<bool> Stage(LearningKeyState state, LearningOptions options, Signature by)
    {
        DemandNotFrozen(state);
        if (state.Staging is { On: true })
        {
            return new([], false);
        }

        var current = CurrentPlaybook.Of(state, options);
        return new(
            [new KeyStaged { Version = current.Version, Serves = current.ReachesPrompts, Reason = by.Reason, At = by.At, Author = by.Author }],
            true);
    }

    /// <summary>Makes new versions current immediately again, including the newest one, unless the key is pinned.</summary>
    /// <exception cref="RefusedException">The key is frozen.</exception>
    public static Decision<bool> Unstage(LearningKeyState state, LearningOptions options, Signature by)
    {
        DemandNotFrozen(state);
        if (!CurrentPlaybook.IsStaged(state, options))
        {
            return new([], false);
        }

        var version = state.Pinned?.Version ?? state.Version;
        return new([new KeyUnstaged { Version = version, Reason = by.Reason, At = by.At, Author = by.Author }], true);
    }

    /// <summary>Makes a version of a staged key the one that sessions get.</summary>
    /// <exception cref="RefusedException">The key is frozen, pinned, or not staged, or the version contains an answer of
    /// <c>learning.leak_guard</c>.</exception>
    public static Decision<bool> Promote(LearningKeyState state, ServedPlaybook version, LearningOptions options, Signature by)
    {
        DemandNotFrozen(state);
        DemandNotPinned(state);
        var current = CurrentPlaybook.Of(state, options);
        var overruled = ExperimentConclusions.Overruled(state, FormattableString.Invariant($"version {version.Version} was promoted"), by);
        if (current.ReachesPrompts && current.Version == version.Version)
        {
            return new(overruled, !overruled.IsEmpty);
        }

        if (!CurrentPlaybook.IsStaged(state, options))
        {
            throw new RefusedException(
                $"This learning key is not staged: its newest version, {state.Version}, is current. Return to an earlier version with a rollback, or stage the key first.");
        }

        DemandNoLeak(version.Playbook, options);
        return new([.. overruled, Promoted(state, version, current, by)], true);
    }

    /// <summary>Gives sessions this version until the pin is removed.</summary>
    /// <exception cref="RefusedException">The key is frozen, or the version contains an answer of <c>learning.leak_guard</c>.</exception>
    public static Decision<bool> Pin(LearningKeyState state, ServedPlaybook version, LearningOptions options, Signature by)
    {
        DemandNotFrozen(state);
        if (state.Pinned?.Version == version.Version)
        {
            return new([], false);
        }

        DemandNoLeak(version.Playbook, options);

        var pinned = new VersionPinned
        {
            Version = version.Version,
            MadeAt = version.MadeAt,
            Playbook = Serve(state, version, by.At).Playbook,
            Reason = by.Reason,
            At = by.At,
            Author = by.Author,
        };
        return new([.. ExperimentConclusions.Overruled(state, FormattableString.Invariant($"version {version.Version} was pinned"), by), pinned], true);
    }

    /// <summary>Removes the pin: the newest version becomes current again, or, on a staged key, the pinned one stays current until another
    /// is promoted.</summary>
    /// <exception cref="RefusedException">The key is frozen.</exception>
    public static Decision<bool> Unpin(LearningKeyState state, LearningOptions options, Signature by)
    {
        DemandNotFrozen(state);
        if (state.Pinned is not { } pin)
        {
            return new([], false);
        }

        var staged = CurrentPlaybook.IsStaged(state, options);
        var unpinned = new VersionUnpinned
        {
            Version = staged ? pin.Version : state.Version,
            Staged = staged,
            Reason = by.Reason,
            At = by.At,
            Author = by.Author,
        };
        return new([unpinned], true);
    }

    internal static VersionPromoted Promoted(LearningKeyState state, ServedPlaybook version, CurrentPlaybook before, Signature by) => new()
    {
        Version = version.Version,
        Before = before.ReachesPrompts ? before.Version : null,
        MadeAt = version.MadeAt,
        Playbook = Serve(state, version, by.At).Playbook,
        Reason = by.Reason,
        At = by.At,
        Author = by.Author,
    };

    // The list can contain answers that were added after the version was made.
    internal static void DemandNoLeak(LearnedPlaybook playbook, LearningOptions options)
    {
        if (LeakGuard.Of(options.LeakGuard).Objection(playbook) is { } leak)
        {
            throw new RefusedException(
                $"The playbook contains an answer to an evaluation: {leak}. Remove it from the playbook, or remove the answer from learning.leak_guard if it is not a secret.");
        }
    }

    internal static void DemandNotPinned(LearningKeyState state)
    {
        if (state.Pinned is { } pin)
        {
            throw new RefusedException(
                $"This learning key was pinned to version {pin.Version} by {pin.Author} at {pin.At:u}. Unpin it first, or pin it to another version.");
        }
    }

    internal static void DemandNotFrozen(LearningKeyState state)
    {
        if (state.Frozen is { } frozen)
        {
            throw new RefusedException(
                $"This learning key was frozen by {frozen.Author} at {frozen.At:u}. Unfreeze it before you change its playbook.");
        }
    }

    // The archive has the content of a version; the impact counted since is in the state. Evaluations and refusals since then belong to the
    // chain of versions, not to the served one.
    private static ServedPlaybook Serve(LearningKeyState state, ServedPlaybook version, DateTimeOffset at) => version with
    {
        Playbook = version.Playbook with
        {
            Entries = EntryImpacts.Carry(version.Playbook.Entries, state, at),
            Metadata = LearnedPlaybook.Empty.Metadata,
        },
    };
}

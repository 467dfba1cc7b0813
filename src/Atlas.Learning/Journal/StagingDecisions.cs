using Atlas.Domain.Playbooks;
using Atlas.Learning.Leaks;
using Atlas.Learning.Options;

namespace Atlas.Learning.Journal;

/// <summary>What follows from staging, promoting and pinning: which version of a key its sessions are given. Pure.</summary>
/// <remarks>None of it touches the chain of versions. While a key is staged or pinned, synthesis goes on from the newest
/// version; only what reaches the prompts stands still. While a key is frozen, all of it is refused.</remarks>
public static class StagingDecisions
{
    /// <summary>Makes new versions candidates. What is current stays current.</summary>
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

    /// <summary>Makes new versions current at once again, the newest there is with it, unless the key is pinned.</summary>
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

    /// <summary>Makes a version of a staged key the one that sessions are given.</summary>
    /// <exception cref="RefusedException">The key is frozen, pinned, or not staged, or the version holds an answer of <c>learning.leak_guard</c>.</exception>
    public static Decision<bool> Promote(LearningKeyState state, ServedPlaybook version, LearningOptions options, Signature by)
    {
        DemandNotFrozen(state);
        DemandNotPinned(state);
        var current = CurrentPlaybook.Of(state, options);
        if (current.ReachesPrompts && current.Version == version.Version)
        {
            return new([], false);
        }

        if (!CurrentPlaybook.IsStaged(state, options))
        {
            throw new RefusedException(
                $"This learning key is not staged: its newest version, {state.Version}, is current. Go back to an earlier one with a rollback, or stage the key first.");
        }

        DemandNoLeak(version.Playbook, options);
        return new([Promoted(state, version, current, by)], true);
    }

    /// <summary>Gives sessions this version until the pin is taken away.</summary>
    /// <exception cref="RefusedException">The key is frozen, or the version holds an answer of <c>learning.leak_guard</c>.</exception>
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
        return new([pinned], true);
    }

    /// <summary>Takes the pin away: the newest version is current again, or, on a staged key, the pinned one stays so until
    /// another is promoted.</summary>
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

    // An answer may have been put on the list after the version was made.
    internal static void DemandNoLeak(LearnedPlaybook playbook, LearningOptions options)
    {
        if (LeakGuard.Of(options.LeakGuard).Objection(playbook) is { } leak)
        {
            throw new RefusedException(
                $"The playbook holds what evaluations ask for: {leak}. Take it out there, or take the answer off the list if it is no secret.");
        }
    }

    internal static void DemandNotPinned(LearningKeyState state)
    {
        if (state.Pinned is { } pin)
        {
            throw new RefusedException(
                $"This learning key was pinned to version {pin.Version} by {pin.Author} at {pin.At:u}; unpin it first, or pin it to another version.");
        }
    }

    internal static void DemandNotFrozen(LearningKeyState state)
    {
        if (state.Frozen is { } frozen)
        {
            throw new RefusedException(
                $"This learning key was frozen by {frozen.Author} at {frozen.At:u}; unfreeze it before its playbook can change.");
        }
    }

    // The archive says what a version said; what was counted of its entries since is in the state. What was evaluated and
    // refused meanwhile belongs to the chain of versions, not to the one that is served.
    private static ServedPlaybook Serve(LearningKeyState state, ServedPlaybook version, DateTimeOffset at) => version with
    {
        Playbook = version.Playbook with
        {
            Entries = EntryImpacts.Carry(version.Playbook.Entries, state, at),
            Metadata = LearnedPlaybook.Empty.Metadata,
        },
    };
}

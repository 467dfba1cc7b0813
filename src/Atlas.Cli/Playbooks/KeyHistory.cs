using System.Collections.Immutable;
using Atlas.Learning.Journal;
using Atlas.Storage.Queries;

namespace Atlas.Cli.Playbooks;

/// <summary>The versions of a key and what was decided on them, the newest first.</summary>
/// <param name="State">The key as it is.</param>
/// <param name="Versions">Its versions.</param>
/// <param name="Switches">Decisions to stage, promote, pin and freeze.</param>
internal sealed record KeyHistory(LearningKeyState State, ImmutableArray<VersionSummary> Versions, ImmutableArray<JournalEvent> Switches)
{
    /// <summary><c>current</c>, <c>pinned</c>, <c>candidate</c> (newer than what is current), or nothing.</summary>
    public string StandingOf(int version)
    {
        var served = State.Served?.Version ?? State.Version;
        return version == served ? State.Pinned is null ? "current" : "pinned" : version > served ? "candidate" : "";
    }
}

using System.Collections.Immutable;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Options;
using Atlas.Learning.Usage;

namespace Atlas.Client;

/// <summary>Makes the trackers of sessions: each watches for the cues and tools of exactly the entries that its session was given.
/// Safe for use by many threads.</summary>
/// <remarks>Sessions of one version share the prepared patterns.</remarks>
public sealed class CueWatch(UsageTrackingOptions options)
{
    private CueDetectorSet _known = CueDetectorSet.Empty;

    /// <summary>A tracker for a session.</summary>
    /// <param name="playbook">What the session was given.</param>
    public UsageTracker Track(ResolvedPlaybook playbook)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        var tracker = new UsageTracker(options);
        if (options.Enabled && playbook is { ApplyToPrompts: true, Entries.IsDefaultOrEmpty: false })
        {
            tracker.Register(_known = CueDetectorSet.For([.. playbook.Entries.Select(Watched)], _known));
        }

        return tracker;
    }

    private static PlaybookEntry Watched(GivenEntry entry) => new()
    {
        Id = entry.Id,
        Audience = entry.Role,
        Cue = entry.Cue,
        Action = new EntryAction { RuntimeHandle = entry.RuntimeHandle, ToolName = entry.ToolName },
        ExpectedEffect = entry.ExpectedEffect,
        Scope = new EntryScope { Category = entry.Category, Constraints = entry.Constraints, AppliesWhen = entry.AppliesWhen },
    };
}

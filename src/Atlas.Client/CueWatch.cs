using System.Collections.Immutable;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Options;
using Atlas.Learning.Usage;

namespace Atlas.Client;

/// <summary>Creates the usage trackers of sessions. Each detects the cues and tools of exactly the entries given to its session. Safe for
/// concurrent use.</summary>
/// <remarks>Sessions with the same version share the compiled patterns.</remarks>
public sealed class CueWatch(UsageTrackingOptions options)
{
    private CueDetectorSet _known = CueDetectorSet.Empty;

    /// <summary>Creates the tracker of a session.</summary>
    /// <param name="playbook">The playbook given to the session.</param>
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

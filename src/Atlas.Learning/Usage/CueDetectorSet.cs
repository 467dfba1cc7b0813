using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Compatibility;

namespace Atlas.Learning.Usage;

/// <summary>The prepared cues of a playbook's entries. Immutable, so that many sessions can share a set.</summary>
public sealed class CueDetectorSet
{
    private readonly Dictionary<(string Type, string Pattern), CueMatcher> _matchers;

    private CueDetectorSet(ImmutableArray<CueDetector> detectors, Dictionary<(string Type, string Pattern), CueMatcher> matchers)
    {
        Detectors = detectors;
        _matchers = matchers;
    }

    public static CueDetectorSet Empty { get; } = new([], []);

    /// <summary>One per entry that has an id, in the order of the playbook.</summary>
    public ImmutableArray<CueDetector> Detectors { get; }

    /// <summary>Prepares the cues of entries. Entries without an id are skipped, and so are later ones with the same id.</summary>
    /// <param name="entries">All entries of a playbook, of both audiences and every lifecycle.</param>
    /// <param name="known">An earlier set, whose patterns are not compiled again.</param>
    public static CueDetectorSet For(ImmutableArray<PlaybookEntry> entries, CueDetectorSet? known = null) =>
        For(entries, known, ReferenceRules.None);

    internal static CueDetectorSet For(ImmutableArray<PlaybookEntry> entries, CueDetectorSet? known, ReferenceRules rules)
    {
        var matchers = new Dictionary<(string Type, string Pattern), CueMatcher>();
        var detectors = ImmutableArray.CreateBuilder<CueDetector>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries.IsDefault ? [] : entries)
        {
            if (string.IsNullOrEmpty(entry.Id) || !ids.Add(entry.Id))
            {
                continue;
            }

            var cue = (entry.Cue.Type, entry.Cue.Pattern);
            if (!matchers.TryGetValue(cue, out var matcher))
            {
                matcher = known is not null && known._matchers.TryGetValue(cue, out var compiled)
                    ? compiled
                    : CueMatcher.For(cue.Type, cue.Pattern, rules);
                matchers[cue] = matcher;
            }

            detectors.Add(new CueDetector(entry.Id, entry.Role, entry, matcher));
        }

        return new CueDetectorSet(detectors.ToImmutable(), matchers);
    }
}

/// <summary>The prepared cue of one entry.</summary>
/// <param name="EntryId">The entry's id.</param>
/// <param name="Role">Whose texts are searched: <c>student</c> or <c>teacher</c>.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Matcher">Its cue.</param>
public sealed record CueDetector(string EntryId, string Role, PlaybookEntry Entry, CueMatcher Matcher);

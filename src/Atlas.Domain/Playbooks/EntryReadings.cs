
namespace Atlas.Domain.Playbooks;

/// <summary>Values computed from the fields of an entry.</summary>
/// <remarks>Not members of the records, because the serializer would map a stored key of the same name to them and drop it.</remarks>
public static class EntryReadings
{
    extension(PlaybookEntry entry)
    {
        /// <summary>Gets the state of the entry, one of <see cref="EntryLifecycle"/>; active if none is stored.</summary>
        public string Lifecycle =>
            entry.Provenance?.Status?.Lifecycle is { Length: > 0 } lifecycle ? lifecycle : EntryLifecycle.Active;

        /// <summary>Gets the role whose prompts and tools the entry is for: <c>teacher</c> or, by default, <c>student</c>; lower case.</summary>
        public string Role => string.IsNullOrWhiteSpace(entry.Audience) ? "student" : entry.Audience.Trim().ToLowerInvariant();
    }

    extension(EntryImpact impact)
    {
        /// <summary>Gets the mean reward with the entry minus the mean reward without it; null until there are both.</summary>
        public double? RewardDelta => impact.RewardWithCount > 0 && impact.RewardWithoutCount > 0
            ? Finite.OrNull((impact.RewardWithSum / impact.RewardWithCount) - (impact.RewardWithoutSum / impact.RewardWithoutCount))
            : null;

        /// <summary>Gets the successful adoptions per cue hit; 0 without hits. Above 1 if a tool is used more often than the cue fires.</summary>
        public double AdoptionRate => impact.TotalCueHits > 0 ? (double)impact.SuccessfulAdoptions / impact.TotalCueHits : 0;

        /// <summary>Gets the share of observed sessions in which the entry was hit, from 0 to 1.</summary>
        public double HitRate => impact.SessionsObserved > 0 ? (double)impact.SessionsWithHits / impact.SessionsObserved : 0;
    }
}


namespace Atlas.Domain.Playbooks;

/// <summary>What follows from the fields of an entry.</summary>
/// <remarks>Not members of the records themselves: there the serializer would take a stored key of the same name for them and
/// drop it.</remarks>
public static class EntryReadings
{
    extension(PlaybookEntry entry)
    {
        /// <summary>Where the entry stands, one of <see cref="EntryLifecycle"/>; active if nothing is said.</summary>
        public string Lifecycle =>
            entry.Provenance?.Status?.Lifecycle is { Length: > 0 } lifecycle ? lifecycle : EntryLifecycle.Active;

        /// <summary>Whose prompts and tools the entry is about: <c>teacher</c> or, by default, <c>student</c>; lower case.</summary>
        public string Role => string.IsNullOrWhiteSpace(entry.Audience) ? "student" : entry.Audience.Trim().ToLowerInvariant();
    }

    extension(EntryImpact impact)
    {
        /// <summary>Mean reward with the entry less mean reward without it; null until there are both.</summary>
        public double? RewardDelta => impact.RewardWithCount > 0 && impact.RewardWithoutCount > 0
            ? Finite.OrNull((impact.RewardWithSum / impact.RewardWithCount) - (impact.RewardWithoutSum / impact.RewardWithoutCount))
            : null;

        /// <summary>Successful adoptions per cue hit, 0 without hits. Above one where a tool is used more often than the cue
        /// fires.</summary>
        public double AdoptionRate => impact.TotalCueHits > 0 ? (double)impact.SuccessfulAdoptions / impact.TotalCueHits : 0;

        /// <summary>Share of the observed sessions in which the entry was hit, 0 to 1.</summary>
        public double HitRate => impact.SessionsObserved > 0 ? (double)impact.SessionsWithHits / impact.SessionsObserved : 0;
    }
}

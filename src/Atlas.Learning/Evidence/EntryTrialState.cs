namespace Atlas.Learning.Evidence;

/// <summary>The state of an entry's trial.</summary>
public enum EntryTrialState
{
    /// <summary>Proposed, but not supported by enough sessions yet: no session gets it.</summary>
    Candidate,

    /// <summary>Given if the draw says so; nothing is known yet.</summary>
    OnTrial,

    /// <summary>It helps.</summary>
    Proven,

    /// <summary>It does not harm, or a person wrote it and nothing speaks against it.</summary>
    Tolerated,

    /// <summary>It may be harmful, and is withheld more often until that is known.</summary>
    Suspect,

    /// <summary>It is of no use. Final, unless it turns out to be harmful.</summary>
    Retired,

    /// <summary>It is harmful. Final.</summary>
    Withdrawn,
}

/// <summary>Transitions and properties of trial states.</summary>
public static class EntryTrialStates
{
    extension(EntryTrialState state)
    {
        /// <summary>Whether no further evidence brings the entry back. Each of these findings has a bounded error over the entry's whole
        /// life, so it remains valid even if the e-value falls again.</summary>
        public bool IsFinal => state is EntryTrialState.Retired or EntryTrialState.Withdrawn;

        /// <summary>Whether sessions can get the entry.</summary>
        public bool IsRendered => state is not (EntryTrialState.Candidate or EntryTrialState.Retired or EntryTrialState.Withdrawn);

        /// <summary>The share of sessions from which the entry is withheld; null if no session gets it.</summary>
        public double? WithheldShare(EvidenceOptions options) => state switch
        {
            EntryTrialState.OnTrial or EntryTrialState.Suspect => options.ProvisionalShare,
            EntryTrialState.Tolerated => options.ToleratedShare,
            EntryTrialState.Proven => options.ActiveShare,
            _ => null,
        };

        /// <summary>Returns the state after a finding.</summary>
        /// <param name="finding">What the evidence says now.</param>
        /// <param name="start">The initial state, <see cref="EntryTrialState.OnTrial"/> or <see cref="EntryTrialState.Tolerated"/>, which
        /// is also the state without a finding.</param>
        public EntryTrialState After(EvidenceFinding finding, EntryTrialState start) => (state, finding) switch
        {
            (EntryTrialState.Candidate or EntryTrialState.Withdrawn, _) => state,
            (_, EvidenceFinding.Harmful) => EntryTrialState.Withdrawn,
            (EntryTrialState.Retired, _) => state,
            (_, EvidenceFinding.NoUse) => EntryTrialState.Retired,
            (_, EvidenceFinding.Helps) => EntryTrialState.Proven,
            (_, EvidenceFinding.NotHarmful) => EntryTrialState.Tolerated,
            (_, EvidenceFinding.Suspect) => EntryTrialState.Suspect,
            _ => start,
        };
    }
}

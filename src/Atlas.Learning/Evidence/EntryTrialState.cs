namespace Atlas.Learning.Evidence;

/// <summary>Where an entry stands in its life.</summary>
public enum EntryTrialState
{
    /// <summary>Written, but not supported by enough sessions yet: nobody is given it.</summary>
    Candidate,

    /// <summary>Given where the draw says so; nothing is known yet.</summary>
    OnTrial,

    /// <summary>It helps.</summary>
    Proven,

    /// <summary>It does not harm, or a person wrote it and nothing speaks against it.</summary>
    Tolerated,

    /// <summary>It may harm, and is withheld more often until that is known.</summary>
    Suspect,

    /// <summary>It is of no use. Final, unless it turns out to be harmful.</summary>
    Retired,

    /// <summary>It is harmful. Final.</summary>
    Withdrawn,
}

/// <summary>How an entry's life goes on.</summary>
public static class EntryTrialStates
{
    extension(EntryTrialState state)
    {
        /// <summary>Whether no further evidence brings the entry back: each of these findings was bound to be wrong seldom over the
        /// entry's whole life, so that they hold although the e-value falls again.</summary>
        public bool IsFinal => state is EntryTrialState.Retired or EntryTrialState.Withdrawn;

        /// <summary>Whether a session may be given the entry.</summary>
        public bool IsRendered => state is not (EntryTrialState.Candidate or EntryTrialState.Retired or EntryTrialState.Withdrawn);

        /// <summary>The share of sessions from which it is withheld; null where no session is given it.</summary>
        public double? WithheldShare(EvidenceOptions options) => state switch
        {
            EntryTrialState.OnTrial or EntryTrialState.Suspect => options.ProvisionalShare,
            EntryTrialState.Tolerated => options.ToleratedShare,
            EntryTrialState.Proven => options.ActiveShare,
            _ => null,
        };

        /// <summary>The state after a finding.</summary>
        /// <param name="finding">What the evidence says now.</param>
        /// <param name="start">Where the entry began, <see cref="EntryTrialState.OnTrial"/> or <see cref="EntryTrialState.Tolerated"/>: that is where
        /// it stands while nothing is found.</param>
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

namespace Atlas.Learning.Evidence;

/// <summary>What is known about an effect, in the figures that reports print.</summary>
public sealed record EffectSummary
{
    /// <summary>The estimate, −1 to 1; null without a session on both sides.</summary>
    public double? Effect { get; init; }

    /// <summary>The bounds, valid at every look.</summary>
    public required ConfidenceSequence Bounds { get; init; }

    /// <summary>How sure the bounds are, 0 to 1.</summary>
    public double Confidence { get; init; }

    /// <summary>Number of sessions with it.</summary>
    public long Shown { get; init; }

    /// <summary>Number of sessions without it.</summary>
    public long Held { get; init; }

    /// <summary>The verdict.</summary>
    public EffectVerdict Verdict { get; init; }

    /// <summary>The difference that <see cref="Missing"/> refers to, above 0.</summary>
    public double Difference { get; init; }

    /// <summary>The approximate number of randomised sessions still needed to detect a difference of <see cref="Difference"/>; 0 with a
    /// verdict.</summary>
    public long Missing { get; init; }

    /// <summary>Summarises evidence.</summary>
    /// <param name="evidence">The evidence for an entry, a version, or learning as a whole.</param>
    /// <param name="share">The share of sessions from which it is withheld now, above 0 and below 1.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="difference">The difference in reward worth detecting, above 0.</param>
    /// <remarks>Verdict and bounds agree: both allow an error of 1/<see cref="EvidenceOptions.Prove"/> on each side.</remarks>
    public static EffectSummary Of(TrialEvidence evidence, double share, EvidenceOptions options, double difference = 0.2)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(options);

        // Half of the error on each side: 2/α = prove.
        var alpha = 2 / options.Prove;
        var bounds = evidence.Counts.IsImpossible ? new ConfidenceSequence(-1, 1) : ConfidenceSequence.Of(evidence, Math.Min(alpha, 0.99));
        var verdict = SampleRatio.IsBroken(evidence.Counts) ? EffectVerdict.AssignmentBroken
            : evidence.LogHelp() >= Math.Log(options.Prove) ? EffectVerdict.Helps
            : evidence.LogHarm() >= Math.Log(options.Prove) ? EffectVerdict.Hurts
            : EffectVerdict.NotEnoughEvidence;
        return new EffectSummary
        {
            Effect = evidence.Effect,
            Bounds = bounds,
            Confidence = 1 - Math.Min(alpha, 0.99),
            Shown = Math.Max(0, evidence.Shown),
            Held = Math.Max(0, evidence.Held),
            Verdict = verdict,
            Difference = difference,
            Missing = verdict is EffectVerdict.NotEnoughEvidence ? SessionsNeeded.Missing(evidence, difference, share, options.Prove) : 0,
        };
    }
}

/// <summary>A verdict on an effect.</summary>
public enum EffectVerdict
{
    /// <summary>Nothing yet.</summary>
    NotEnoughEvidence,

    /// <summary>It helps.</summary>
    Helps,

    /// <summary>It hurts.</summary>
    Hurts,

    /// <summary>One side lost sessions, so there is no verdict; see <see cref="SampleRatio"/>.</summary>
    AssignmentBroken,
}

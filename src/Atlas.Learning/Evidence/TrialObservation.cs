namespace Atlas.Learning.Evidence;

/// <summary>What one session says about one randomised switch (an entry, the whole playbook, a new version).</summary>
/// <remarks>Consists of the four numbers stored with the session, so it can be rebuilt whenever the session is taken out.</remarks>
public readonly record struct TrialObservation
{
    /// <param name="shown">Whether the session got what is on trial.</param>
    /// <param name="p">The probability of being shown when the draw was made, above 0 and below 1.</param>
    /// <param name="m">The reward expected of the task at the start, 0 to 1; see <see cref="TaskExpectation"/>.</param>
    /// <param name="y">The session's reward, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range, or is none.</exception>
    public TrialObservation(bool shown, double p, double m, double y)
    {
        Shown = shown;
        P = p is > 0 and < 1 ? p : throw new ArgumentOutOfRangeException(nameof(p), p, "The probability of being shown must be above 0 and below 1.");
        M = m is >= 0 and <= 1 ? m : throw new ArgumentOutOfRangeException(nameof(m), m, "The expected reward must be from 0 to 1.");
        Y = y is >= 0 and <= 1 ? y : throw new ArgumentOutOfRangeException(nameof(y), y, "The reward must be from 0 to 1.");
    }

    public bool Shown { get; }

    public double P { get; }

    public double M { get; }

    public double Y { get; }

    /// <summary>How much the session weighs: min(p, 1 − p), at most 0.5.</summary>
    public double Weight => Math.Min(P, 1 - P);

    /// <summary>A number from −1 to 1 whose expectation, given everything before the session, is the weight times the effect of being
    /// shown, whatever the task, the trend and everything else.</summary>
    public double Score => Weight * (Shown ? (Y - M) / P : -(Y - M) / (1 - P));

    /// <summary>Returns the reward a session counts with; null if it says nothing.</summary>
    /// <param name="score">The reward it got, if any.</param>
    /// <param name="failed">Whether it failed or was lost. It then counts as 0, otherwise arms that lose sessions would look
    /// better.</param>
    public static double? CountedReward(double? score, bool failed) => score is { } reward && double.IsFinite(reward)
        ? Math.Clamp(reward, 0, 1)
        : failed ? 0 : null;
}

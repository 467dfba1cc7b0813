namespace Atlas.Models.Synthesis.Offline;

/// <summary>A tested statement: this trait went with reward, or with its absence.</summary>
/// <param name="Trait">The trait.</param>
/// <param name="Good">Whether it went with reward.</param>
/// <param name="Comparison">What was compared.</param>
/// <param name="P">Its probability by chance, uncorrected.</param>
internal sealed record Candidate(Trait Trait, bool Good, Comparison Comparison, double P)
{
    /// <summary>Gets the probability corrected for the number of candidates; 1 until it is corrected.</summary>
    public double Adjusted { get; init; } = 1;

    /// <summary>Gets the number of candidates that it was corrected for.</summary>
    public int Among { get; init; }

    /// <summary>Gets a value indicating whether it passed before and is kept although it now passes only uncorrected.</summary>
    public bool Kept { get; init; }
}

/// <summary>Sessions with and without a trait, and how many of them were rewarded.</summary>
internal readonly record struct Counts(int GoodWith, int With, int GoodWithout, int Without)
{
    public bool WithIsBetter => (long)GoodWith * Without > (long)GoodWithout * With;

    public bool WithIsWorse => (long)GoodWith * Without < (long)GoodWithout * With;

    public static Counts Of(Sample sample, Trait trait)
    {
        var counts = new int[2, 2];
        for (var i = 0; i < sample.Sessions.Length; i++)
        {
            if (trait.Shown[i] >= 0)
            {
                counts[trait.Shown[i], sample.Good[i] ? 1 : 0]++;
            }
        }

        return new(counts[1, 1], counts[1, 1] + counts[1, 0], counts[0, 1], counts[0, 1] + counts[0, 0]);
    }
}

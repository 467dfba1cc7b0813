namespace Atlas.Models.Synthesis.Offline;

/// <summary>Units that are compared with each other: under the null hypothesis, any of them could have shown the trait.</summary>
/// <param name="Values">What each unit achieved, a small number of rewards, in ascending order.</param>
/// <param name="Showing">The number of units that show the trait.</param>
/// <param name="Achieved">What those achieved together.</param>
internal sealed record Stratum(int[] Values, int Showing, int Achieved)
{
    /// <summary>Gets a value indicating whether the stratum is informative: both groups are present and the achievements differ.</summary>
    public bool Informative => Showing > 0 && Showing < Values.Length && Values[0] != Values[^1];

    public static Stratum Of(IReadOnlyCollection<(bool Shows, int Value)> units) => new(
        [.. units.Select(unit => unit.Value).Order()],
        units.Count(unit => unit.Shows),
        units.Where(unit => unit.Shows).Sum(unit => unit.Value));
}

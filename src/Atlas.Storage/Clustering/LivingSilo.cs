using System.Globalization;

namespace Atlas.Storage.Clustering;

/// <summary>A silo that the membership table lists as alive.</summary>
/// <param name="Address">Its IP address.</param>
/// <param name="Port">Its port for other silos.</param>
/// <param name="Generation">Distinguishes this run of the silo from earlier ones on the same port.</param>
public sealed record LivingSilo(string Address, int Port, int Generation)
{
    internal static IReadOnlyList<LivingSilo> ReadAll(string? list) =>
        list is null ? [] : [.. list.Split(',').Select(silo => silo.Split(' ')).Select(parts => new LivingSilo(parts[0], Number(parts[1]), Number(parts[2])))];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

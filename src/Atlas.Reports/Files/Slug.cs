using System.Globalization;
using System.Text;
using Atlas.Learning.Text;

namespace Atlas.Reports.Files;

/// <summary>Names for the files of learning keys.</summary>
public static class Slug
{
    private const int Length = 16;

    /// <summary>Letters and digits of the key, the first 16; <c>learning_unknown</c> for an empty key, and the beginning of the
    /// key's SHA-256 where none are left.</summary>
    public static string Of(string learningKey)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        if (learningKey.Length == 0)
        {
            return "learning_unknown";
        }

        var slug = new StringBuilder(Length);
        foreach (var rune in learningKey.EnumerateRunes().Where(rune => Rune.IsLetterOrDigit(rune)).Take(Length))
        {
            slug.Append(rune);
        }

        return slug.Length > 0 ? slug.ToString() : Hash(learningKey)[..Length];
    }

    /// <summary>A slug per key, no two alike, also where letters differ by case only: keys that share one get the beginning of
    /// their SHA-256 behind it.</summary>
    public static IReadOnlyDictionary<string, string> OfAll(IEnumerable<string> learningKeys) => learningKeys
        .Distinct(StringComparer.Ordinal)
        .GroupBy(Of, StringComparer.OrdinalIgnoreCase)
        .SelectMany(group => group.Count() == 1
            ? group.Select(key => (Key: key, Slug: group.Key))
            : group.Select(key => (Key: key, Slug: string.Create(CultureInfo.InvariantCulture, $"{Of(key)}_{Hash(key)[..12]}"))))
        .ToDictionary(pair => pair.Key, pair => pair.Slug, StringComparer.Ordinal);

    private static string Hash(string learningKey) => Sha256Text.Hex(learningKey);
}

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

    /// <summary>A name that no other key has, in whatever run: the slug alone where it spells the whole key, else with the
    /// beginning of the key's SHA-256 behind it.</summary>
    /// <remarks>Capitals do not count as spelt: file systems that ignore case would take two keys for one.</remarks>
    public static string Unique(string learningKey)
    {
        var slug = Of(learningKey);
        return slug == learningKey && slug.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))
            ? slug
            : string.Create(CultureInfo.InvariantCulture, $"{slug}_{Hash(learningKey)[..12]}");
    }

    private static string Hash(string learningKey) => Sha256Text.Hex(learningKey);
}

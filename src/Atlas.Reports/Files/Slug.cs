using System.Globalization;
using System.Text;
using Atlas.Learning.Text;

namespace Atlas.Reports.Files;

/// <summary>Creates names for the files of learning keys.</summary>
public static class Slug
{
    private const int Length = 16;

    /// <summary>Returns the first 16 letters and digits of the key; <c>learning_unknown</c> for an empty key, and the beginning of the
    /// key's SHA-256 if there are none.</summary>
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

    /// <summary>Returns a name that no other key has, in any run: the slug alone if it spells the whole key, otherwise followed by the
    /// beginning of the key's SHA-256.</summary>
    /// <remarks>Keys with capitals always get the hash, because file systems that ignore case would treat two keys as one.</remarks>
    public static string Unique(string learningKey)
    {
        var slug = Of(learningKey);
        return slug == learningKey && slug.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))
            ? slug
            : string.Create(CultureInfo.InvariantCulture, $"{slug}_{Hash(learningKey)[..12]}");
    }

    private static string Hash(string learningKey) => Sha256Text.Hex(learningKey);
}

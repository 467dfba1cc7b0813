using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Atlas.Storage.Forgetting;

/// <summary>Patterns for a text as the database can contain it: in the usual letter cases, because a database may only know those of ASCII,
/// and as JSON writes it.</summary>
public static class SubjectPatterns
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<string> Of(string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        string[] cases = [subject, subject.ToLowerInvariant(), subject.ToUpperInvariant(), CultureInfo.InvariantCulture.TextInfo.ToTitleCase(subject.ToLowerInvariant())];
        return cases.Concat(cases.Select(text => JsonSerializer.Serialize(text, Relaxed)[1..^1])).Distinct(StringComparer.Ordinal);
    }
}

using System.Globalization;

namespace Atlas.Learning.Text;

/// <summary>Formats times in learning state.</summary>
public static class AtlasTime
{
    /// <summary>ISO 8601 in UTC with microseconds and offset: <c>2026-03-01T07:00:10.120033+00:00</c>.</summary>
    public static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);
}

using Atlas.Domain;
using System.Globalization;
using System.Text.Json;
using Atlas.Learning.Reports;
using Atlas.Reports.Documents;

namespace Atlas.Reports.Tests.Documents;

/// <summary>Sessions and reports to test with.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Start = DateTimeOffset.Parse("2026-03-01T07:00:00Z", CultureInfo.InvariantCulture);

    public static SessionFacts Session(long id, double? score = null, string? metadata = null) => SessionColumns.WithMetadata(
        new SessionFacts
        {
            Id = id,
            CreatedAt = Start.AddMinutes(id),
            Status = SessionStatus.Succeeded,
            ReviewStatus = ReviewStatus.Approved,
            TaskHash = id,
            Score = score,
            Events = 2,
        },
        metadata is null ? null : JsonElement.Parse(metadata));

    public static LearningReport Report(IEnumerable<SessionFacts> sessions, ReportSettings? settings = null, PlaybookFacts? playbook = null)
    {
        var builder = new ReportBuilder("a key", playbook ?? new PlaybookFacts(), settings ?? new ReportSettings());
        foreach (var session in sessions)
        {
            builder.Add(session);
        }

        return builder.Build([]);
    }
}

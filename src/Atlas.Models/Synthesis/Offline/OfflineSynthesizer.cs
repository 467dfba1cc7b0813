using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;

namespace Atlas.Models.Synthesis.Offline;

/// <summary>Contrasts rewarded sessions by counting, without a language model or a network. The same input gives the same bytes.</summary>
internal sealed class OfflineSynthesizer(SynthesizerOptions options) : ISynthesizer
{
    public string Name => SynthesizerOptions.OfflineProvider;

    public bool CallsModel => false;

    public Task<SynthesisAnswer> SynthesizeAsync(SynthesisRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);

        // A few tenths of a second of counting, off the caller's thread, which can be a grain's.
        return Task.Run(() => Synthesize(request, ct), ct);
    }

    internal SynthesisAnswer Synthesize(SynthesisRequest request, CancellationToken ct)
    {
        var sample = Sample.Of(request, options);
        if (sample.TooThin(options) is { } reason)
        {
            return Silent(request, reason);
        }

        var contrast = new Contrast(sample, options);
        ct.ThrowIfCancellationRequested();
        var standing = StandingFindings.Of(request.Current);
        var findings = contrast.Findings(standing);
        var spoken = standing.Count > 0
            || Authorship.HasOwnText(request.Current.StudentPreface) || Authorship.HasOwnText(request.Current.TeacherPreface);
        if (findings.Count == 0 && !spoken)
        {
            return Silent(request,
                $"Nothing in {sample.Sessions.Length} sessions, {sample.GoodCount} of them rewarded, goes with reward beyond chance ({contrast.Tested} candidates).");
        }

        return Answer(request, sample, contrast, findings);
    }

    private SynthesisAnswer Answer(SynthesisRequest request, Sample sample, Contrast contrast, List<Candidate> findings)
    {
        var writer = new EntryWriter(sample, request);
        var own = writer.Own(findings);
        var texts = new PlaybookText(request);
        var metadata = new JsonObject
        {
            [StandingFindings.MetadataKey] = JsonSerializer.SerializeToNode(
                new
                {
                    sessions = sample.Sessions.Length,
                    rewarded = sample.GoodCount,
                    tasks = sample.Tasks,
                    good_score = options.GoodScore,
                    candidates = contrast.Tested,
                    family_wise_error = options.FamilyWiseError,
                    findings = findings.Select(finding => FindingRecord.Of(finding, sample)),
                    left_out = writer.Dropped.Select(dropped => new { what = dropped.What, reason = dropped.Reason }),
                },
                AtlasJson.Options),
        };
        var answer = Frame(request, texts.Student(findings, own.Select(entry => entry["id"]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal)), texts.Teacher(findings), [.. own], writer.Outdated(own), metadata);
        return new SynthesisAnswer
        {
            Answer = answer,
            Summary = $"{findings.Count} of {contrast.Tested} candidates hold over {sample.Sessions.Length} sessions, {sample.GoodCount} of them rewarded.",
        };
    }

    private static SynthesisAnswer Silent(SynthesisRequest request, string reason) => new()
    {
        Answer = Frame(request, null, null, [], [], null),
        NothingToSay = true,
        Summary = reason,
    };

    private static JsonElement Frame(
        SynthesisRequest request, string? student, string? teacher, JsonArray entries, JsonArray retired, JsonNode? metadata) =>
        JsonSerializer.SerializeToElement(
            new JsonObject
            {
                ["version"] = request.Options.Schema.Version,
                ["student_pamphlet"] = student,
                ["teacher_pamphlet"] = teacher,
                ["playbook_entries"] = entries,
                ["retire_entries"] = retired,
                ["session_student_learning"] = null,
                ["session_teacher_learning"] = null,
                ["metadata"] = metadata,
            },
            AtlasJson.Options);
}

using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Options;
using Atlas.Learning.Synthesis;

namespace Atlas.Learning.Tests;

/// <summary>Short ways to the values that many tests need.</summary>
internal static class Build
{
    public static DateTimeOffset Now { get; } = new(2026, 3, 4, 9, 15, 21, TimeSpan.Zero);

    /// <summary>Parses JSON, in which an apostrophe stands for a quotation mark.</summary>
    public static JsonElement Json(string text) => JsonElement.Parse(text.Replace('\'', '"'));

    public static JsonElement Raw(string text) => JsonElement.Parse(text);

    public static PlaybookEntry Entry(string id, string lifecycle = EntryLifecycle.Active, EntryImpact? impact = null, string audience = "student") => new()
    {
        Id = id,
        Audience = audience,
        Cue = new EntryCue { Type = "keyword", Pattern = "retry budget" },
        Action = new EntryAction { Imperative = "Check the retry budget first", RuntimeHandle = "metrics.query" },
        ExpectedEffect = "Fewer blind retries",
        Scope = new EntryScope { Category = "reinforcement", Constraints = "Queue consumers" },
        Provenance = new EntryProvenance
        {
            CreatedAt = "2026-01-01T00:00:00.000000+00:00",
            Status = new EntryStatus { Category = "reinforcement", Lifecycle = lifecycle },
        },
        Impact = impact,
    };

    public static LearnedPlaybook Playbook(params PlaybookEntry[] entries) => new() { StudentPreface = "old student", Entries = [.. entries] };

    /// <summary>A candidate as a model writes it.</summary>
    public static string Candidate(
        string? id = null, string pattern = "queue", string imperative = "Check the queue", string? handle = "metrics.query", string type = "keyword") =>
        JsonSerializer.Serialize(
            new Dictionary<string, object?>
            {
                ["audience"] = "student",
                ["cue"] = new { type, pattern },
                ["action"] = new { imperative, runtime_handle = handle },
                ["expected_effect"] = "Finds backlog",
                ["scope"] = new { category = "reinforcement", constraints = "Workers only" },
            }.Concat(id is null ? [] : [KeyValuePair.Create("id", (object?)id)]).ToDictionary(),
            AtlasJson.Options);

    /// <summary>An answer with these candidates and, written in JSON, other members.</summary>
    public static JsonElement Answer(IEnumerable<string> candidates, string others = "") =>
        JsonElement.Parse($"{{\"playbook_entries\": [{string.Join(',', candidates)}]{(others.Length > 0 ? ", " + others.Replace('\'', '"') : "")}}}");

    public static SynthesisContext Context(LearningOptions? options = null, params string[] handles) => new()
    {
        Now = Now,
        SessionIds = [42],

        // Entries are pruned by their figures where nothing is tried.
        Options = (options ?? new LearningOptions()) with { Evidence = new() { Enabled = false } },
        RuntimeHandles = handles.Length == 0 ? ["metrics.query"] : [.. handles],
    };

    public static SynthesisResult Apply(LearnedPlaybook playbook, JsonElement answer, SynthesisContext? context = null) =>
        SynthesisAcceptance.Apply(playbook, playbook, answer, context ?? Context());
}

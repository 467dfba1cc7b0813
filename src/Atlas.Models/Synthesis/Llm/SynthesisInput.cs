using Atlas.Domain;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Models.Providers;

namespace Atlas.Models.Synthesis.Llm;

/// <summary>What a model sees of a key, within a token budget.</summary>
/// <param name="Data">The JSON of the user message.</param>
/// <param name="ShownEntries">The entries in it; the model cannot retire any others.</param>
/// <param name="Sessions">How many sessions it shows.</param>
/// <param name="Tokens">Its approximate number of tokens.</param>
internal sealed record SynthesisInput(JsonObject Data, ImmutableHashSet<string> ShownEntries, int Sessions, int Tokens)
{
    private const int LongestTask = 2000;
    private const int MostFailed = 30;

    // A playbook's own bookkeeping: long, and nothing to learn from.
    private static readonly string[] Bookkeeping = ["playbook_summary", "last_evaluation", "offline_contrast"];

    /// <summary>Adds the most important data first: the texts, the entries in use, the newest sessions, their history.</summary>
    public static SynthesisInput Of(SynthesisRequest request, LlmSynthesizerOptions options)
    {
        var budget = new Budget(options.InputTokens);
        var data = new JsonObject
        {
            ["pamphlets"] = new JsonObject
            {
                ["student_pamphlet"] = request.Current.StudentPreface,
                ["teacher_pamphlet"] = request.Current.TeacherPreface,
            },
            ["available_runtime_handles"] = new JsonArray([.. request.RuntimeHandles.Select(handle => JsonValue.Create(handle))]),
        };
        budget.Spend(data);

        // Entries can take half of the budget, so that there is always room for something to learn from.
        var entries = new Budget(Math.Max(0, budget.Left) / 2);
        var shown = request.Current.Entries
            .Where(entry => entry.Lifecycle is EntryLifecycle.Active or EntryLifecycle.Provisional or EntryLifecycle.Deprecated)
            .OrderBy(entry => entry.Lifecycle == EntryLifecycle.Deprecated)
            .ThenByDescending(entry => entry.Impact?.RewardDelta ?? 0)
            .Select(entry => (Entry: entry, Node: EntryJson.Shown(entry, request.Findings?.Of(entry))))
            .TakeWhile(pair => entries.TrySpend(pair.Node))
            .ToList();
        data["current_playbook_entries"] = new JsonArray([.. shown.Select(pair => pair.Node)]);
        budget.Spend(entries.Spent);

        var failed = Failed(request.Findings);
        if (failed.Count > 0 && budget.TrySpend(failed))
        {
            data["failed_entries"] = failed;
        }

        var pending = request.PendingSessionIds.ToHashSet();
        var sessions = request.Sessions
            .Where(session => session.ReviewStatus is not ReviewStatus.Quarantined && session.Score is >= 0 and <= 1)
            .DistinctBy(session => session.Id)
            .ToList();
        var newest = sessions.Where(session => pending.Contains(session.Id)).Take(options.MostNewSessions).ToList();
        var latest = Take(newest, budget);

        // New sessions beyond the bound are history: what the synthesis takes should not stay unseen.
        var past = Take(sessions.ExceptBy(newest.Select(session => session.Id), session => session.Id).Take(request.Options.HistoryLimit), budget);
        data["latest_sessions"] = new JsonArray([.. latest]);
        data["history"] = new JsonObject
        {
            ["count"] = sessions.Count,
            ["average_reward"] = sessions.Count == 0 ? null : Math.Round(sessions.Average(session => session.Score), 4),
            ["entries"] = new JsonArray([.. past]),
        };
        var metadata = Metadata(request.Current);
        if (metadata.Count > 0 && budget.TrySpend(metadata))
        {
            data["pamphlet_metadata"] = metadata;
        }

        return new(
            data,
            [.. shown.Select(pair => pair.Entry.Id).OfType<string>()],
            latest.Count + past.Count,
            options.InputTokens - budget.Left);
    }

    /// <summary>Returns words that were tried and found harmful or useless, so that they are not written again.</summary>
    private static JsonArray Failed(KeyFindings? findings) =>
    [
        .. (findings?.Entries ?? []).Where(entry => entry.State.IsFinal && entry.Words.Length > 0).Take(MostFailed)
            .Select(entry => new JsonObject { ["entry"] = entry.Words, ["found"] = entry.State is EntryTrialState.Withdrawn ? "harmful" : "of no use" }),
    ];

    private static List<JsonNode> Take(IEnumerable<RewardedSession> sessions, Budget budget) =>
        [.. sessions.Select(Session).TakeWhile(budget.TrySpend)];

    private static JsonNode Session(RewardedSession session)
    {
        // Injected texts are removed: a playbook must not learn from itself.
        var task = EchoGuard.Remove(session.Task).Trim();
        return new JsonObject
        {
            ["session"] = session.Id,
            ["task"] = task.Length <= LongestTask ? task : $"{task[..LongestTask]}…",
            ["reward"] = new JsonObject { ["score"] = session.Score },
            ["evidence"] = JsonSerializer.SerializeToNode(
                new
                {
                    session.Digest.Tools,
                    session.Digest.ToolCalls,
                    session.Digest.StudentMessages,
                    StudentWords = string.Join(' ', session.Digest.StudentWords),
                    session.Digest.Truncated,
                },
                AtlasJson.Options),
        };
    }

    private static JsonObject Metadata(LearnedPlaybook playbook)
    {
        var metadata = new JsonObject();
        foreach (var (key, value) in playbook.Metadata.Where(member => !Bookkeeping.Contains(member.Key, StringComparer.Ordinal)))
        {
            metadata[key] = JsonSerializer.SerializeToNode(value, AtlasJson.Options);
        }

        return metadata;
    }

    /// <summary>The remaining tokens.</summary>
    private sealed class Budget(int tokens)
    {
        public int Spent { get; private set; }

        public int Left => tokens - Spent;

        public void Spend(int count) => Spent += count;

        public void Spend(JsonNode node) => Spend(Count(node));

        public bool TrySpend(JsonNode node)
        {
            var count = Count(node);
            if (count > Left)
            {
                return false;
            }

            Spend(count);
            return true;
        }

        private static int Count(JsonNode node) => TokenCounter.Count(DelimitedJson.Text(node));
    }
}

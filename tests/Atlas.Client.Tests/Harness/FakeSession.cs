using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;

namespace Atlas.Client.Tests.Harness;

/// <summary>The records of a session, in memory; numbers that were seen before change nothing.</summary>
internal sealed class FakeSession : ISessionGrain
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, string> _events = [];
    private int _begun;

    /// <summary>When set, appending fails with it.</summary>
    public Exception? Failure { get; set; }

    /// <summary>How many events came with each append.</summary>
    public List<int> Batches { get; } = [];

    /// <summary>How many appends have begun.</summary>
    public int Begun => Volatile.Read(ref _begun);

    /// <summary>When set, an append waits for it.</summary>
    public Task? Hangs { get; set; }

    public JsonNode? Usage { get; private set; }

    public CompleteSession? Completion { get; private set; }

    /// <summary>Kind, tool or actor, and output of each event.</summary>
    public IReadOnlyList<string> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events.Values.Select(Line)];
            }
        }
    }

    public async Task Append(int firstSequence, ImmutableArray<JsonElement> events, CancellationToken cancellationToken = default)
    {
        var hangs = Hangs;
        Interlocked.Increment(ref _begun);
        await (hangs ?? Task.CompletedTask);
        lock (_lock)
        {
            if (Failure is { } failure)
            {
                throw failure;
            }

            Batches.Add(events.Length);
            for (var index = 0; index < events.Length; index++)
            {
                _events.TryAdd(firstSequence + index, events[index].GetRawText());
            }
        }
    }

    public Task RecordUsage(UsageSnapshot usage, CancellationToken cancellationToken = default)
    {
        Usage = JsonSerializer.SerializeToNode(usage, AtlasJson.Options);
        return Task.CompletedTask;
    }

    public Task<SessionCompleted> Complete(CompleteSession completion, CancellationToken cancellationToken = default)
    {
        Completion = completion;
        return Task.FromResult(new SessionCompleted(42, completion.Status, ReviewStatus.Approved, LearningStanding.Applied, null));
    }

    public Task RecordPlan(SessionPlan plan, CancellationToken cancellationToken = default) => throw new InvalidOperationException("A chat has no plan.");

    public Task RecordStep(StepRecord step, CancellationToken cancellationToken = default) => throw new InvalidOperationException("A chat has no steps.");

    public Task RecordGuidance(int stepId, string note, CancellationToken cancellationToken = default) => throw new InvalidOperationException("A chat has no steps.");

    public Task<SessionReviewed> Review(ReviewDecision decision, CancellationToken cancellationToken = default) => throw new InvalidOperationException("A chat reviews nothing.");

    public Task<SessionCompleted> Reward(SessionReward reward, CancellationToken cancellationToken = default) => throw new InvalidOperationException("Nobody gives a late reward here.");

    public Task Renew(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task<SessionState> Standing(CancellationToken cancellationToken = default) => Task.FromResult(
        new SessionState(42, Completion?.Status ?? SessionStatus.Running, ReviewStatus.Pending, JudgingStatus.Off, Completion?.Reward, null, Completion is null ? null : LearningStanding.Applied));

    public Task<SessionState> AwaitJudgement(TimeSpan patience, CancellationToken cancellationToken = default) => Standing();

    private static string Line(string json)
    {
        var payload = JsonNode.Parse(json)!["payload"]!;
        return $"{payload["event_type"]} {payload["name"]} {payload["data"]!["output"]}".Trim();
    }
}

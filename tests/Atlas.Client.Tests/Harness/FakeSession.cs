using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Atlas.Contracts.Review;
using Atlas.Contracts.Sessions;

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

    public async Task Append(int firstSequence, ImmutableArray<string> eventsJson)
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

            Batches.Add(eventsJson.Length);
            for (var index = 0; index < eventsJson.Length; index++)
            {
                _events.TryAdd(firstSequence + index, eventsJson[index]);
            }
        }
    }

    public Task RecordUsage(string usageJson)
    {
        Usage = JsonNode.Parse(usageJson);
        return Task.CompletedTask;
    }

    public Task<SessionCompleted> Complete(CompleteSession completion)
    {
        Completion = completion;
        return Task.FromResult(new SessionCompleted(42, completion.Status, "approved", "applied", null));
    }

    public Task RecordPlan(string planJson) => throw new InvalidOperationException("A chat has no plan.");

    public Task RecordStep(StepRecord step) => throw new InvalidOperationException("A chat has no steps.");

    public Task RecordGuidance(int stepId, string note) => throw new InvalidOperationException("A chat has no steps.");

    public Task<SessionReviewed> Review(ReviewDecision decision) => throw new InvalidOperationException("A chat reviews nothing.");

    public Task Renew() => Task.CompletedTask;

    public Task<SessionState> Standing() => Task.FromResult(
        new SessionState(42, Completion?.Status ?? "running", "pending", "off", Completion?.Reward, null, Completion is null ? null : "applied"));

    public Task<SessionState> AwaitJudgement(TimeSpan patience) => Standing();

    private static string Line(string json)
    {
        var payload = JsonNode.Parse(json)!["payload"]!;
        return $"{payload["event_type"]} {payload["name"]} {payload["data"]!["output"]}".Trim();
    }
}

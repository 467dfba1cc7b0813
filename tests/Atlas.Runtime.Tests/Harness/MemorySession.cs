using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Contracts;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;
using Atlas.Learning.Sessions;

namespace Atlas.Runtime.Tests.Harness;

/// <summary>The records of a session, in memory; numbers of events that were seen before change nothing.</summary>
internal sealed class MemorySession : ISessionGrain
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, JsonNode> _events = [];
    private readonly SortedDictionary<int, StepRecord> _steps = [];
    private readonly List<(int StepId, string Note)> _guidance = [];
    private int _renewals;
    private int _guidanceCount;

    /// <summary>When set, everything fails with it.</summary>
    public volatile Exception? Failure;

    /// <summary>Says why a completion is refused; null if it is not.</summary>
    public Func<CompleteSession, string?>? CompletionRefusal { get; set; }

    /// <summary>How many events came with each append.</summary>
    public List<int> Batches { get; } = [];

    public JsonNode? Plan { get; private set; }

    public JsonNode? Usage { get; private set; }

    public CompleteSession? Completion { get; private set; }

    public int GuidanceCount => Volatile.Read(ref _guidanceCount);

    public int Renewals => Volatile.Read(ref _renewals);

    public JsonObject Metadata => (JsonObject)JsonSerializer.SerializeToNode(Completion!.Metadata)!;

    public IReadOnlyList<StepRecord> Steps
    {
        get
        {
            lock (_lock)
            {
                return [.. _steps.Values];
            }
        }
    }

    public IReadOnlyList<(int StepId, string Note)> Guidance
    {
        get
        {
            lock (_lock)
            {
                return [.. _guidance];
            }
        }
    }

    /// <summary>The payloads of the events, in order.</summary>
    public IReadOnlyList<JsonNode> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events.Values.Select(item => item["payload"]!)];
            }
        }
    }

    public IReadOnlyList<JsonNode> WholeEvents
    {
        get
        {
            lock (_lock)
            {
                return [.. _events.Values];
            }
        }
    }

    /// <summary>Type, name and actor of each event, without the pieces of streams.</summary>
    public IReadOnlyList<string> EventLines =>
    [
        .. Events.Select(item => $"{item["event_type"]} {item["name"]} {item["metadata"]!["actor"]}")
            .Where(line => !line.StartsWith("LLM_NEW_TOKEN", StringComparison.Ordinal)),
    ];

    public Task Append(int firstSequence, ImmutableArray<JsonElement> events, CancellationToken cancellationToken = default) => Do(() =>
    {
        Batches.Add(events.Length);
        for (var index = 0; index < events.Length; index++)
        {
            _events.TryAdd(firstSequence + index, JsonNode.Parse(events[index].GetRawText())!);
        }
    });

    public Task RecordPlan(SessionPlan plan, CancellationToken cancellationToken = default) => Do(() => Plan = JsonSerializer.SerializeToNode(plan, AtlasJson.Options));

    public Task RecordStep(StepRecord step, CancellationToken cancellationToken = default) => Do(() => _steps[step.StepId] = step);

    public Task RecordGuidance(int stepId, string note, CancellationToken cancellationToken = default) => Do(() =>
    {
        _guidance.Add((stepId, note));
        Volatile.Write(ref _guidanceCount, _guidance.Count);
    });

    public Task RecordUsage(UsageSnapshot usage, CancellationToken cancellationToken = default) => Do(() => Usage = JsonSerializer.SerializeToNode(usage, AtlasJson.Options));

    public async Task<SessionCompleted> Complete(CompleteSession completion, CancellationToken cancellationToken = default)
    {
        await Do(() =>
        {
            if (CompletionRefusal?.Invoke(completion) is { } refusal)
            {
                throw new AtlasRefusedException(refusal);
            }

            SessionLimits.CheckText(completion.FinalAnswer, "answer of a session");
            SessionLimits.CheckMetadata(completion.Metadata);

            Completion = completion;
        });
        return new SessionCompleted(42, completion.Status, ReviewStatus.Approved, LearningStanding.Applied, null);
    }

    public Task<SessionCompleted> Reward(SessionReward reward, CancellationToken cancellationToken = default) => throw new InvalidOperationException("The runtime gives no late rewards.");

    public Task Renew(CancellationToken cancellationToken = default) => Do(() => _renewals++);

    public Task<SessionState> Standing(CancellationToken cancellationToken = default) => throw new InvalidOperationException("The runtime never asks for this.");

    public Task<SessionState> AwaitJudgement(TimeSpan patience, CancellationToken cancellationToken = default) => throw new InvalidOperationException("The runtime never asks for this.");

    public Task<SessionReviewed> Review(ReviewDecision decision, CancellationToken cancellationToken = default) => throw new InvalidOperationException("The runtime reviews nothing.");

    private Task Do(Action work)
    {
        try
        {
            lock (_lock)
            {
                if (Failure is { } failure)
                {
                    throw failure;
                }

                work();
            }

            return Task.CompletedTask;
        }
        catch (Exception failed)
        {
            return Task.FromException(failed);
        }
    }
}

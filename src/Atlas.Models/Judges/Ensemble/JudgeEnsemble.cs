using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Atlas.Domain;
using Atlas.Learning.Text;
using Atlas.Models.Judges.Compatibility;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Judges.Ensemble;

/// <summary>Three parallel judgements of a small model, and an arbiter if they differ or are unsure.</summary>
internal sealed class JudgeEnsemble(
    JudgeModel small, JudgeModel arbiter, JudgeEnsembleOptions options, TimeProvider time, ReferenceJudging? rules = null) : IJudge
{
    public const string Tier1Stage = "tier1";
    private const string ArbiterStage = "arbiter";
    private const float ArbiterTemperature = 0.3f;
    private static readonly float[] Temperatures = [0.2f, 0.5f, 0.8f];

    private readonly ReferenceJudging _rules = rules ?? ReferenceJudging.None;
    private readonly SemaphoreSlim _room = new(options.MaxParallelCalls);

    public string Name => RewardComposition.Identifier;

    public async Task<Judgement> JudgeAsync(JudgeRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var timeout = new CancellationTokenSource(
            options.TimeoutSeconds > 0 ? TimeSpan.FromSeconds(options.TimeoutSeconds) : Timeout.InfiniteTimeSpan, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        var focus = request.FocusPrompt ?? options.FocusPrompt;
        var evidence = SessionEvidence.Document(request, options);
        var messages = JudgePrompts.Tier1(evidence, focus);
        var calls = await Task.WhenAll(Temperatures.Select(temperature =>
            CallAsync(small, Tier1Stage, messages, temperature, limit.Token, ct))).ConfigureAwait(false);
        var samples = calls.Select(call => call.Sample).OfType<JudgeSample>().ToImmutableArray();
        var usage = calls.Aggregate(TokenUsage.None, (sum, call) => sum + call.Usage);
        JsonArray audit = [.. calls.Select(call => call.Audit)];

        JudgeSample? decided = null;
        JudgeCall? asked = null;
        var isUnread = samples.IsEmpty && calls.Any(call => call.IsUnreadable) && !_rules.OutageIsZero;
        if (isUnread || RewardComposition.NeedsArbiter(samples, options))
        {
            // If there is no opinion to weigh, the arbiter judges as the others should have.
            var question = isUnread ? messages : JudgePrompts.ForArbiter(evidence, samples, focus);
            var call = await CallAsync(
                arbiter, ArbiterStage, question, ArbiterTemperature, limit.Token, ct).ConfigureAwait(false);
            (decided, asked) = (call.Sample, call);
            usage += call.Usage;
            audit.Add(call.Audit);
        }

        if (RewardComposition.Compose(samples, decided, request, focus, _rules) is not { } reward)
        {
            return Judgement.None($"None of the {calls.Length} judgements by '{small.Name}' could be used. The first problem: {calls[0].Problem}{OfArbiter(asked)}", audit, usage);
        }

        reward.Stats["timestamp"] = AtlasTime.Iso(time.GetUtcNow());
        return new Judgement { Reward = reward, Audit = audit, Usage = usage };
    }

    private string OfArbiter(JudgeCall? call) => call is null ? "" : $" The arbiter '{arbiter.Name}' did not give one either: {call.Problem}";

    private async Task<JudgeCall> CallAsync(
        JudgeModel model, string stage, List<ChatMessage> messages, float temperature, CancellationToken limit, CancellationToken ct)
    {
        // Waiting for a free slot is only limited by the caller; the time limit then ends the call immediately.
        await _room.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            return await JudgeCall.MakeAsync(model, stage, messages, temperature, _rules, limit, ct).ConfigureAwait(false);
        }
        finally
        {
            _room.Release();
        }
    }
}

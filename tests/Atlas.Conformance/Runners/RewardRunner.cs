using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Models.Judges;
using Atlas.Models.Judges.Ensemble;
using Microsoft.Extensions.AI;

namespace Atlas.Conformance.Runners;

internal sealed class RewardRunner : VectorRunner
{
    public override string File => "reward";

    public override IEnumerable<string> Run(JsonElement vector, ConformanceSettings settings)
    {
        var input = vector.GetProperty("input");
        var tier1 = new ScriptedModel([.. input.GetProperty("tier1_responses").EnumerateArray().Select(answer => answer.GetString())]);
        var arbiter = new ScriptedModel([Optional(input, "arbiter_response")?.GetString()]);
        var options = new JudgeEnsembleOptions
        {
            VarianceThreshold = input.GetProperty("variance_threshold").GetDouble(),
            UncertaintyThreshold = input.GetProperty("uncertainty_threshold").GetDouble(),
        };
        var ensemble = new JudgeEnsemble(
            new JudgeModel(tier1, "small"), new JudgeModel(arbiter, "large"), options, TimeProvider.System, settings.Judging);
        var request = new JudgeRequest { Task = "task", FinalAnswer = "answer", ExecutionMode = "paired" };
        var judgement = ensemble.JudgeAsync(request, CancellationToken.None).GetAwaiter().GetResult();

        // The original adds the time where it stores the reward.
        judgement.Reward?.Stats.Remove("timestamp");
        return Compare(vector.GetProperty("expected"), new
        {
            judgement.Reward?.Reward,
            RewardStats = judgement.Reward?.Stats,
            Audit = judgement.Audit.Select(entry => Audit(entry!.AsObject())),
        });
    }

    private static JsonObject Audit(JsonObject entry)
    {
        var seen = new JsonObject();
        foreach (var key in new[] { "model", "stage", "temperature" }.Where(entry.ContainsKey))
        {
            seen[key] = entry[key]!.DeepClone();
        }

        if (entry.ContainsKey("error"))
        {
            seen["error"] = true;
        }

        return seen;
    }

    /// <summary>Gives its answers in order; null is a call that fails.</summary>
    private sealed class ScriptedModel(string?[] answers) : IChatClient
    {
        private int _next = -1;

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            answers[Interlocked.Increment(ref _next)] is { } answer
                ? Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer)))
                : Task.FromException<ChatResponse>(new TimeoutException("deadline"));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("Judges do not stream.");

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}

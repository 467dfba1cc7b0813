using System.Text.Json.Nodes;
using Atlas.Domain;
using Atlas.Models.Judges.Compatibility;
using Atlas.Models.Providers;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Judges.Ensemble;

/// <summary>A call of a judging model and its result. It has all state of the call; calls share nothing.</summary>
/// <param name="Sample">The judgement; null if there is no usable one.</param>
/// <param name="Audit">The entry for <c>sessions.reward_audit</c>.</param>
/// <param name="Usage">What the call cost.</param>
/// <param name="Problem">A sentence that says why there is no judgement; null if there is one.</param>
internal sealed record JudgeCall(JudgeSample? Sample, JsonObject Audit, TokenUsage Usage, string? Problem)
{
    /// <summary>Gets a value indicating whether the model answered, but nothing usable.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>Calls a model. All failures are recorded in the audit; only the caller's cancellation is thrown.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stage"><c>tier1</c> or <c>arbiter</c>.</param>
    /// <param name="messages">The messages to send.</param>
    /// <param name="temperature">The temperature.</param>
    /// <param name="rules">The rules by which the answer is parsed.</param>
    /// <param name="limit">Ends the call, for whatever reason.</param>
    /// <param name="caller">The caller's cancellation.</param>
    public static async Task<JudgeCall> MakeAsync(
        JudgeModel model,
        string stage,
        IReadOnlyList<ChatMessage> messages,
        float temperature,
        ReferenceJudging rules,
        CancellationToken limit,
        CancellationToken caller)
    {
        var audit = new JsonObject { ["stage"] = stage, ["model"] = model.Name };
        if (stage == JudgeEnsemble.Tier1Stage)
        {
            audit["temperature"] = Math.Round((double)temperature, 3);
        }

        audit["messages"] = AnswerRecord.Messages(messages);
        try
        {
            var response = await model.Client.GetResponseAsync(messages, JudgeSchema.Options(temperature), limit).ConfigureAwait(false);
            var answer = JudgeAnswer.Read(response.Text, rules);
            audit["response"] = response.Text;
            audit["reasoning"] = AnswerRecord.Reasoning(response);
            audit["raw_response"] = AnswerRecord.Raw(response);
            if (answer.Problem is not null)
            {
                audit["unusable"] = answer.Problem;
            }

            if (LeftOutParameters.Of(response) is { Count: > 0 } leftOut)
            {
                audit["left_out"] = new JsonArray([.. leftOut.Select(name => (JsonNode)name)]);
            }

            return new JudgeCall(answer.Sample, audit, TokenUsage.Of(response), answer.Problem) { IsUnreadable = answer.Sample is null };
        }
        catch (Exception failure) when (!caller.IsCancellationRequested)
        {
            var problem = limit.IsCancellationRequested ? "The time limit for judging the session was reached." : failure.Message;
            audit["error"] = stage == JudgeEnsemble.Tier1Stage ? problem : "exception_during_arbiter_call";
            if (stage != JudgeEnsemble.Tier1Stage)
            {
                audit["error_text"] = problem;
            }

            return new JudgeCall(null, audit, TokenUsage.None, problem)
            {
                IsUnreadable = failure is ModelException { Failure: ModelFailure.Empty or ModelFailure.Refused or ModelFailure.Unreadable },
            };
        }
    }
}

using System.Text.Json.Nodes;
using Atlas.Domain;
using Atlas.Models.Judges.Compatibility;
using Atlas.Models.Providers;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Judges.Ensemble;

/// <summary>One call of a judging model and what came of it. Holds all state of the call; calls share nothing.</summary>
/// <param name="Sample">The judgement; null if there is no usable one.</param>
/// <param name="Audit">The entry for <c>sessions.reward_audit</c>.</param>
/// <param name="Usage">What the call cost.</param>
/// <param name="Problem">Why there is no judgement, a sentence; null if there is one.</param>
internal sealed record JudgeCall(JudgeSample? Sample, JsonObject Audit, TokenUsage Usage, string? Problem)
{
    /// <summary>Whether the model answered, but nothing that could be used.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>Asks a model. Whatever goes wrong ends up in the audit; only the caller's cancellation is thrown.</summary>
    /// <param name="model">Whom to ask.</param>
    /// <param name="stage"><c>tier1</c> or <c>arbiter</c>.</param>
    /// <param name="messages">What to say.</param>
    /// <param name="temperature">How freely the model may choose.</param>
    /// <param name="rules">Whose rules the answer is read by.</param>
    /// <param name="limit">Ends the call, for whatever reason.</param>
    /// <param name="caller">The caller's own wish to end it.</param>
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
            var problem = limit.IsCancellationRequested ? "The time for judging the session was over." : failure.Message;
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

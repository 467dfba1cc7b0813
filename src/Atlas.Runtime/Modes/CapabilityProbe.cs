using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Configuration.AdaptiveTeaching;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.History;
using Atlas.Models.Providers;
using Atlas.Runtime.Recording;
using Atlas.Runtime.Runs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Atlas.Runtime.Modes;

/// <summary>Asks a model how much supervision a task needs.</summary>
internal sealed class CapabilityProbe(RunContext run)
{
    private const string Prompt = """
        You decide how closely an agent is supervised in its next task. There are three modes:
        auto: the agent works alone; a teacher sees nothing.
        paired: a teacher reviews the agent's plan and checks every result.
        coach: a teacher reviews the plan, advises before every step and checks every result.
        You are given the task and the rewards (0 to 1) of the agent's past runs of such tasks, oldest first, with notes where there are any.
        High rewards of late, with no falling back, speak for auto. Middling rewards, or good but few ones, speak for paired. Low rewards, or a task that only partly resembles what was done before, speak for coach.
        confidence is how sure you are, from 0 to 1, that the agent does this task well with little supervision.
        Answer with JSON only: {"mode": "auto" or "paired" or "coach", "confidence": 0.0 to 1.0 or null}
        """;

    /// <summary>Asks the model. A probe that fails returns an empty answer and adds a warning.</summary>
    public async Task<ModeChoice> ChooseAsync(LearningHistory history, EventSpan parent, CancellationToken cancellationToken)
    {
        var options = run.Configuration.AdaptiveTeaching.Probe;
        if (run.Parts.Probe is not { } chat)
        {
            var nobody = run.Events.Start(
                EventKind.Custom, "capability_probe", Actors.Runtime, new JsonObject { ["status"] = "disabled" }, parent);
            nobody.End(new JsonObject { ["status"] = "disabled" });
            return ModeRules.NoProbe(options);
        }

        var client = (chat.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId ?? chat.GetType().Name;
        var span = run.Events.Start(EventKind.Custom, "capability_probe", Actors.Probe, new JsonObject { ["client"] = client }, parent);
        try
        {
            var (answer, usage) = await AskAsync(chat, history, options, cancellationToken).ConfigureAwait(false);
            span.End(
                new JsonObject
                {
                    ["mode"] = ModeRules.NameOf(answer.Mode),
                    ["confidence"] = answer.Confidence,
                    ["raw"] = answer.Raw?.DeepClone(),
                },
                usage);
            return ModeRules.FromProbe(answer, options);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            var problem = failure is OperationCanceledException
                ? FormattableString.Invariant($"no answer within {options.TimeoutSeconds} seconds")
                : failure.Message.TrimEnd('.');
            span.Fail(failure is OperationCanceledException ? new TimeoutException(problem) : failure);
            run.Warn($"The probe did not answer ({problem}); adaptive_teaching.probe.fallback_mode decides.");
            return ModeRules.FromProbe(new ProbeAnswer(null, null, new JsonObject { ["error"] = problem }), options);
        }
        catch (Exception failure)
        {
            span.Fail(failure);
            throw;
        }
    }

    private async Task<(ProbeAnswer Answer, TokenUsage? Usage)> AskAsync(
        IChatClient chat, LearningHistory history, ProbeOptions options, CancellationToken cancellationToken)
    {
        var question = new JsonObject
        {
            ["task"] = run.Task,
            ["learning_history"] = JsonSerializer.SerializeToNode(history.WithNewest(options.EvidenceLimit), AtlasJson.Options),
        };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(Math.Min(options.TimeoutSeconds, 86_400)), run.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var response = await chat.GetResponseAsync(
            [new ChatMessage(ChatRole.System, Prompt), new ChatMessage(ChatRole.User, question.ToJsonString(AtlasJson.Options))],
            new ChatOptions { ResponseFormat = ChatResponseFormat.Json },
            either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        var usage = TokenUsage.Of(response.Usage);
        run.Usage.Add(Actors.Probe, usage);
        return (ProbeAnswer.Read(response.Text), usage);
    }
}

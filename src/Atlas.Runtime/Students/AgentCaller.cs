using System.Text.Json.Nodes;
using Atlas.Models.Providers;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Recording;
using Atlas.Runtime.Runs;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Students;

/// <summary>Calls the agent, reports the call while it runs, and counts its usage once.</summary>
internal sealed class AgentCaller(RunContext run)
{
    /// <summary>Makes a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="known">How many of its messages an earlier call already had.</param>
    /// <param name="parent">The enclosing event.</param>
    /// <param name="cancellationToken">Stops waiting immediately, even if the agent ignores it.</param>
    public async Task<AgentReply> CallAsync(AgentCall call, int known, EventSpan parent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var agent = run.Parts.Agent;
        var span = run.Events.Start(
            EventKind.Llm, agent.Name, Actors.Student, MessageJson.NewOf(call.Messages, known), parent, metadata: Facts(parent, "llm"));
        span.Tag("gen_ai.agent.name", agent.Name);
        try
        {
            var updates = new List<ChatResponseUpdate>();
            var stream = new TokenStream(span, Facts(parent, "llm"));
            var thoughts = new ThoughtStream(run.Events, parent);
            await foreach (var update in Interruptible.EnumerateAsync(agent.CallAsync(call with { Metadata = run.Metadata, Model = run.Session.Arm?.Settings?.Model }, cancellationToken), cancellationToken).ConfigureAwait(false))
            {
                updates.Add(update);
                thoughts.Add(update);
                stream.Add(update.Text);
            }

            thoughts.End();
            stream.End();
            var reply = AgentReply.Of(updates);
            run.Usage.Add(Actors.Student, reply.Usage);
            if (reply.IsCutOff)
            {
                run.Warn(CutOff(call));
            }

            var facts = Facts(parent, "llm");
            facts["token_counts"] = new JsonObject { ["approx_total"] = TokenStream.Words(reply.Unwrapped), ["chunks"] = stream.Chunks };
            if (reply.Usage is { } usage)
            {
                facts["usage"] = usage.ToJson();
            }

            span.End(new JsonObject { ["messages"] = new JsonArray(reply.ToJson()) }, reply.Usage, facts);
            return reply;
        }
        catch (Exception failure)
        {
            span.Fail(failure);
            throw;
        }
    }

    private static string CutOff(AgentCall call)
    {
        var (what, key) = call.Payload.Mode switch
        {
            AgentMode.Planning => ("plan", "student.max_plan_tokens"),
            AgentMode.Synthesis => ("final answer", "student.max_synthesis_tokens"),
            _ => (call.Payload.StepPayload is { } step ? FormattableString.Invariant($"answer in step {step.StepId}") : "answer", "student.max_step_tokens"),
        };
        var limit = call.MaxOutputTokens is { } tokens ? FormattableString.Invariant($"{key} ({tokens})") : "agent.llm.max_output_tokens, or the model's own limit,";
        return $"The agent's {what} was cut off: {limit} was reached.";
    }

    public static JsonObject Facts(EventSpan parent, string nodeType) => new()
    {
        ["run_id"] = parent.Id.ToString(),
        ["node"] = nodeType == "tool" ? "tools" : "agent",
        ["node_type"] = nodeType,
    };
}

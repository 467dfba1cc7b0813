using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Atlas.Client.Chat;
using Atlas.Domain.Json;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Recording;
using Atlas.Runtime.Runs;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Students;

/// <summary>Executes the tools that the agent asks for. A failure of a tool is also an answer.</summary>
internal sealed class ToolRunner(RunContext run)
{
    private readonly int? _limit = run.Configuration.Student.MaxToolResultCharacters;

    /// <summary>Executes a tool call.</summary>
    /// <param name="call">The tool call.</param>
    /// <param name="context">The call of the agent that it came from.</param>
    /// <param name="parent">The enclosing event.</param>
    /// <param name="cancellationToken">Stops waiting, even if the tool ignores it.</param>
    public async Task<FunctionResultContent> RunAsync(
        FunctionCallContent call, AgentCall context, EventSpan parent, CancellationToken cancellationToken)
    {
        var span = run.Events.Start(
            EventKind.Tool, call.Name, Actors.Student, JsonValues.Of(call.Arguments), parent, metadata: AgentCaller.Facts(parent, "tool"));
        FunctionResultContent result;
        Exception? failure = null;
        try
        {
            result = new FunctionResultContent(
                call.CallId, ToolResultText.Limited(await ExecuteAsync(call, context, cancellationToken).ConfigureAwait(false), _limit));
        }
        catch (Exception ended) when (cancellationToken.IsCancellationRequested)
        {
            span.Fail(ended is OperationCanceledException ? new TimeoutException($"The tool {call.Name} was still at work when its time was over.") : ended);
            run.Tracker.RecordAdoption(Actors.Student, call.Name, success: false, parent.StepId);
            throw;
        }
        catch (Exception failed)
        {
            failure = failed;
            result = new FunctionResultContent(call.CallId, ToolResultText.Limited($"Error: {failed.Message}", _limit)) { Exception = failed };
        }

        var output = JsonValues.Of(result.Result);
        run.Tracker.RecordAdoption(Actors.Student, call.Name, ToolOutcome.IsSuccess(result, output), parent.StepId);
        var facts = AgentCaller.Facts(parent, "tool");
        if (failure is not null)
        {
            facts["error"] = failure.GetType().Name;
        }

        span.End(output, metadata: facts);
        return result;
    }

    private async Task<object?> ExecuteAsync(FunctionCallContent call, AgentCall context, CancellationToken cancellationToken)
    {
        var tools = run.Parts.Agent.Tools;
        var tool = tools.OfType<AIFunctionDeclaration>().FirstOrDefault(tool => tool.Name == call.Name)
            ?? throw new InvalidOperationException($"There is no tool {call.Name}. There are: {string.Join(", ", tools.Select(tool => tool.Name))}.");
        if (call.Exception is { } unreadable)
        {
            throw new ArgumentException($"The arguments of {call.Name} cannot be read: {unreadable.Message}");
        }

        var arguments = ToolArguments.Check(tool, call.Arguments);
        if (tool is AIFunction function)
        {
            var given = new AIFunctionArguments(arguments.ToDictionary(item => item.Key, item => (object?)item.Value?.DeepClone(), StringComparer.Ordinal));

            // On the thread pool: a tool that never yields must not keep the step from noticing that its time is over.
            return await Task.Run(() => function.InvokeAsync(given, cancellationToken).AsTask(), CancellationToken.None)
                .WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return await AskAgentAsync(tool.Name, arguments, context, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks the agent to execute a tool that is only declared.</summary>
    private async Task<string> AskAgentAsync(string name, JsonObject arguments, AgentCall context, CancellationToken cancellationToken)
    {
        var payload = context.Payload with { Mode = AgentMode.Tool, Tool = new ToolPayload(name, arguments) };
        var prompt = new JsonObject { ["tool"] = new JsonObject { ["name"] = name, ["arguments"] = arguments.DeepClone() } };
        var call = new AgentCall
        {
            Messages = [new ChatMessage(ChatRole.User, prompt.ToJsonString(AtlasJson.Options))],
            Payload = payload,
        };
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in Interruptible.EnumerateAsync(run.Parts.Agent.CallAsync(call, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            updates.Add(update);
        }

        var reply = AgentReply.Of(updates);
        run.Usage.Add(Actors.Student, reply.Usage);
        return reply.Text;
    }
}

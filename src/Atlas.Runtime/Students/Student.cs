using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Atlas.Configuration.Student;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;
using Atlas.Learning.Injection;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Plans;
using Atlas.Runtime.Prompts;
using Atlas.Runtime.Recording;
using Atlas.Runtime.Runs;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Students;

/// <summary>The agent as a student: plans, does steps, gives the final answer.</summary>
internal sealed class Student
{
    private readonly RunContext _run;
    private readonly AgentCaller _agent;
    private readonly ToolRunner _tools;
    private readonly StudentPrompts _prompts;
    private readonly StudentOptions _options;

    public Student(RunContext run)
    {
        _run = run;
        _agent = new AgentCaller(run);
        _tools = new ToolRunner(run);
        _options = run.Configuration.Student;
        _prompts = StudentPrompts.Of(run.SystemPrompt, _options.Prompts);
    }

    /// <summary>Makes a plan. A plan that cannot be read becomes a single step with the task.</summary>
    public async Task<SessionPlan> PlanAsync(EventSpan parent, CancellationToken cancellationToken)
    {
        var span = _run.Events.Start(EventKind.Function, "plan_creation", Actors.Student, new JsonObject { ["task"] = _run.Task }, parent);
        try
        {
            var user = $"Task: {_run.Task.Trim()}\n\n"
                + "Return only JSON of the form {\"steps\":[{\"id\":int,\"description\":str,\"depends_on\":[int]}]}.";
            var reply = await _agent.CallAsync(
                Call(AgentMode.Planning, _prompts.Planner, user, null, _options.MaxPlanTokens), 0, span, cancellationToken).ConfigureAwait(false);
            var plan = Read(reply.Unwrapped);
            span.End(plan.ToJson());
            return plan;
        }
        catch (Exception failure)
        {
            span.Fail(failure);
            throw;
        }
    }

    /// <summary>Attempts a step.</summary>
    public async Task<StudentAttempt> ExecuteAsync(
        PlanStep step, JsonObject priorResults, IReadOnlyList<string> guidance, EventSpan parent, CancellationToken cancellationToken)
    {
        var dependencies = StepLevels.DependenciesOf(step);
        var user = StepPrompt.Write(step, _run.Task, dependencies, priorResults, guidance);
        _run.Tracker.Detect(Actors.Student, EchoGuard.Remove(user), step.Id);
        var call = Call(AgentMode.Execution, _prompts.Executor, user, new StepPayload(step.Id, step.Description, dependencies), _options.MaxStepTokens);
        call = call with { Tools = _run.Parts.Agent.Tools };

        var thoughts = ImmutableArray.CreateBuilder<string>();
        var tools = ImmutableArray.CreateBuilder<string>();
        TokenUsage? usage = null;
        var known = 0;
        for (var number = 1; ; number++)
        {
            var isLast = number == _run.Options.MaxAgentCalls;
            call = call with { ToolMode = ToolMode(call, isLast, tools.Count > 0) };
            var reply = await _agent.CallAsync(call, known, parent, cancellationToken).ConfigureAwait(false);
            known = call.Messages.Length + 1;
            call = call with { Messages = call.Messages.Add(reply.Message) };
            usage = reply.Usage is null ? usage : (usage ?? TokenUsage.None) + reply.Usage;
            if (reply.Thoughts.Length > 0)
            {
                thoughts.Add(reply.Thoughts);
            }

            if (reply.Calls.IsEmpty)
            {
                return new StudentAttempt(
                    StepOutput.Read(reply.Text), Transcript.Of(call.Messages), thoughts.ToImmutable(), usage, tools.ToImmutable());
            }

            if (isLast)
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"The agent was asked {number} times in step {step.Id} and still called tools instead of answering."));
            }

            foreach (var asked in reply.Calls)
            {
                tools.Add(asked.Name);
                var result = await _tools.RunAsync(asked, call, parent, cancellationToken).ConfigureAwait(false);
                call = call with { Messages = call.Messages.Add(new ChatMessage(ChatRole.Tool, [result])) };
            }
        }
    }

    /// <summary>Writes the final answer from the results of the steps.</summary>
    /// <param name="steps">The results, by number.</param>
    /// <param name="executionMode">How the steps were executed.</param>
    /// <param name="parent">The enclosing event.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<string> SynthesizeAsync(JsonArray steps, string executionMode, EventSpan parent, CancellationToken cancellationToken)
    {
        var span = _run.Events.Start(
            EventKind.Function,
            "final_synthesis",
            Actors.Student,
            new JsonObject { ["task"] = _run.Task, ["step_results"] = steps.DeepClone() },
            parent);
        try
        {
            var user = $"Original Task:\n{_run.Task.Trim()}\n\nExecution Mode: {executionMode}\n\n"
                + $"Completed Steps:\n{steps.ToJsonString(AtlasJson.Indented)}";
            var reply = await _agent.CallAsync(
                Call(AgentMode.Synthesis, _prompts.Synthesizer, user, null, _options.MaxSynthesisTokens), 0, span, cancellationToken).ConfigureAwait(false);
            var answer = FinalAnswer.Of(reply.Unwrapped);
            span.End(answer);
            return answer;
        }
        catch (Exception failure)
        {
            span.Fail(failure);
            throw;
        }
    }

    private ChatToolMode? ToolMode(AgentCall call, bool isLast, bool hasCalled) => call.Tools.IsDefaultOrEmpty
        ? null
        : isLast ? ChatToolMode.None
        : _options.ToolChoice == ToolChoice.Required && !hasCalled ? ChatToolMode.RequireAny
        : ChatToolMode.Auto;

    private AgentCall Call(AgentMode mode, string prompt, string user, StepPayload? step, int? maxTokens) => new()
    {
        Messages =
        [
            new ChatMessage(ChatRole.System, _run.WithPlaybook(Actors.Student, prompt)),
            new ChatMessage(ChatRole.User, user),
        ],
        Payload = new AgentPayload(mode, _run.Task, step),
        MaxOutputTokens = maxTokens,
    };

    private SessionPlan Read(string text)
    {
        var problem = "it is not JSON";
        try
        {
            if (ReplyJson.Find(text) is { } written)
            {
                problem = "it has no steps";
                if (PlanReader.Read(written, PlanExecution.Stepwise) is { } plan)
                {
                    return plan;
                }
            }
        }
        catch (PlanException wrong)
        {
            problem = wrong.Message.TrimEnd('.');
        }

        _run.Warn($"The student's plan cannot be used ({problem}); the task is done in one step.");
        return SessionPlan.OfOne(_run.Task.Trim(), PlanExecution.Stepwise);
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;
using Atlas.Domain.Sessions;
using Atlas.Runtime.Plans;
using Atlas.Runtime.Recording;
using Atlas.Runtime.Runs;

namespace Atlas.Runtime.Steps;

/// <summary>Runs the steps of a plan level by level, with the steps of a level in parallel.</summary>
internal sealed class PlanRunner(RunContext run, StepRunner steps)
{
    /// <summary>Runs all steps. If one fails, the others of its level are finished first, and then the first failure is thrown.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="done">Receives each step as soon as it is done.</param>
    /// <param name="parent">The enclosing event.</param>
    /// <param name="cancellationToken">The session's cancellation.</param>
    public async Task RunAsync(SessionPlan plan, Action<StepResult> done, EventSpan parent, CancellationToken cancellationToken)
    {
        var byId = plan.Steps.ToDictionary(step => step.Id);
        var results = new JsonObject();
        foreach (var level in StepLevels.Of(plan))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var outcomes = await LevelAsync([.. level.Select(id => byId[id])], results, parent, cancellationToken).ConfigureAwait(false);
            foreach (var (result, _) in outcomes)
            {
                done(result);
                results[result.Step.Id.ToString(CultureInfo.InvariantCulture)] = result.ContextEntry.DeepClone();
            }

            if (outcomes.Select(outcome => outcome.Failure).FirstOrDefault(failure => failure is not null) is { } first)
            {
                ExceptionDispatchInfo.Throw(first);
            }
        }
    }

    private async Task<(StepResult Result, Exception? Failure)[]> LevelAsync(
        ImmutableArray<PlanStep> level, JsonObject results, EventSpan parent, CancellationToken cancellationToken)
    {
        if (level.Length == 1)
        {
            return [await steps.RunAsync(level[0], (JsonObject)results.DeepClone(), parent, cancellationToken).ConfigureAwait(false)];
        }

        using var places = new SemaphoreSlim(run.Options.MaxParallelSteps);

        // Each step gets its own copy, made before any of them starts.
        var own = level.Select(_ => (JsonObject)results.DeepClone()).ToArray();
        return await Task.WhenAll(level.Select((step, index) => Task.Run(
            async () =>
            {
                await places.WaitAsync(CancellationToken.None).ConfigureAwait(false);
                try
                {
                    return await steps.RunAsync(step, own[index], parent, cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    places.Release();
                }
            },
            CancellationToken.None))).ConfigureAwait(false);
    }
}

using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Atlas.Learning.Injection;

namespace Atlas.Models.Judges.Ensemble;

/// <summary>The steps of a session, small enough for a prompt: how each was tried, checked and guided, and how it ended.</summary>
internal static class StepDigest
{
    private const int LeastPerStep = 400;

    /// <summary>A list of objects, one per step; one that only counts stands for those that found no room.</summary>
    /// <param name="steps">The steps in order.</param>
    /// <param name="injected">The playbooks the session was given.</param>
    /// <param name="characters">What they may take together, about.</param>
    public static JsonArray Of(ImmutableArray<JudgedStep> steps, InjectedTexts injected, int characters)
    {
        var room = Math.Max(1, characters / LeastPerStep);
        if (steps.Length <= room)
        {
            return [.. steps.Select(step => Step(step, injected, characters / Math.Max(1, steps.Length)))];
        }

        // How a session began matters less than how it ended.
        var first = room / 4;
        var last = room - first;
        return
        [
            .. steps.Take(first).Select(step => Step(step, injected, LeastPerStep)),
            new JsonObject { ["steps_left_out"] = steps.Length - room },
            .. steps.TakeLast(last).Select(step => Step(step, injected, LeastPerStep)),
        ];
    }

    /// <summary>One step. Playbooks that were injected are taken out: the work is judged, not what was learned.</summary>
    private static JsonObject Step(JudgedStep step, InjectedTexts injected, int characters)
    {
        var guidance = step.Guidance.IsDefault ? [] : step.Guidance;
        return new JsonObject
        {
            ["id"] = step.Id,
            ["description"] = Clipped.Middle(step.Description, characters / 8),
            ["status"] = step.Status,
            ["attempts"] = step.Attempts,
            ["guidance"] = guidance.IsEmpty ? null : Clipped.Tail(string.Join('\n', guidance), characters / 8),
            ["validation"] = Clipped.Json(step.Validation, characters / 8),
            ["output"] = Clipped.Middle(injected.Remove(step.Output), characters / 4),
            ["trace_tail"] = Clipped.Tail(injected.Remove(step.Trace), characters / 4),
        };
    }
}

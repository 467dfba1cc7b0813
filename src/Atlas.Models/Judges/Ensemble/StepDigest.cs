using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Atlas.Learning.Injection;

namespace Atlas.Models.Judges.Ensemble;

/// <summary>Condenses the steps of a session for a prompt: how each was attempted, checked and guided, and how it ended.</summary>
internal static class StepDigest
{
    private const int LeastPerStep = 400;

    /// <summary>Returns a list with one object per step; an object with only a count stands for the steps that did not fit.</summary>
    /// <param name="steps">The steps in order.</param>
    /// <param name="injected">The playbooks that the session got.</param>
    /// <param name="characters">The approximate number of characters for all of them.</param>
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

    /// <summary>Returns one step. Injected playbooks are removed, because the work is judged and not what was learned.</summary>
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

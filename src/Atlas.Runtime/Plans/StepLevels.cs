using System.Collections.Immutable;
using System.Globalization;
using Atlas.Domain.Sessions;

namespace Atlas.Runtime.Plans;

/// <summary>Sorts the steps of a plan into levels: those of one level depend on earlier levels only, and may run side by side.</summary>
public static class StepLevels
{
    /// <summary>The numbers of the steps, level by level, ascending within a level.</summary>
    /// <exception cref="PlanException">A step depends on something that is no step of the plan, two steps share a number, or the
    /// steps depend on each other in a circle.</exception>
    public static ImmutableArray<ImmutableArray<int>> Of(SessionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var open = new SortedDictionary<int, HashSet<int>>();
        foreach (var step in plan.Steps)
        {
            if (!open.TryAdd(step.Id, [.. DependenciesOf(step)]))
            {
                throw new PlanException(Invariant($"Two steps of the plan have the number {step.Id}."));
            }
        }

        foreach (var (id, needs) in open)
        {
            if (needs.FirstOrDefault(need => !open.ContainsKey(need), id) is var missing && missing != id)
            {
                throw new PlanException(Invariant($"Step {id} depends on step {missing}, which the plan does not have."));
            }
        }

        var levels = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        while (open.Count > 0)
        {
            ImmutableArray<int> level = [.. open.Where(step => step.Value.Count == 0).Select(step => step.Key)];
            if (level.IsEmpty)
            {
                throw new PlanException($"The steps {string.Join(", ", open.Keys)} depend on each other in a circle.");
            }

            foreach (var id in level)
            {
                open.Remove(id);
            }

            foreach (var needs in open.Values)
            {
                needs.ExceptWith(level);
            }

            levels.Add(level);
        }

        return levels.ToImmutable();
    }

    /// <summary>The numbers of the steps that a step builds on, each once, ascending.</summary>
    /// <exception cref="PlanException">It depends on something that is no number.</exception>
    public static ImmutableArray<int> DependenciesOf(PlanStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return [.. step.DependsOn.Select(text => NumberOf(text, step.Id)).Distinct().Order()];
    }

    private static int NumberOf(string text, int id) =>
        int.TryParse(text.StartsWith('#') ? text.AsSpan(1) : text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new PlanException(Invariant($"Step {id} depends on '{text}', which is no step. Write the step's number, or the number after #."));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

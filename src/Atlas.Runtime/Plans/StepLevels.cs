using System.Collections.Immutable;
using System.Globalization;
using Atlas.Domain.Sessions;

namespace Atlas.Runtime.Plans;

/// <summary>Sorts the steps of a plan into levels. The steps of a level depend only on earlier levels and can run concurrently.</summary>
public static class StepLevels
{
    /// <summary>Returns the numbers of the steps, level by level, ascending within a level.</summary>
    /// <exception cref="PlanException">A step depends on something that is not a step of the plan, two steps share a number, or the steps
    /// depend on each other in a cycle.</exception>
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
                throw new PlanException(Invariant($"Step {id} depends on step {missing}, which is not in the plan."));
            }
        }

        var levels = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        while (open.Count > 0)
        {
            ImmutableArray<int> level = [.. open.Where(step => step.Value.Count == 0).Select(step => step.Key)];
            if (level.IsEmpty)
            {
                throw new PlanException($"The steps {string.Join(", ", open.Keys)} depend on each other in a cycle.");
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

    /// <summary>Returns the numbers of the steps that a step depends on, without duplicates, ascending.</summary>
    /// <exception cref="PlanException">It depends on something that is not a number.</exception>
    public static ImmutableArray<int> DependenciesOf(PlanStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return [.. step.DependsOn.Select(text => NumberOf(text, step.Id)).Distinct().Order()];
    }

    private static int NumberOf(string text, int id) =>
        int.TryParse(text.StartsWith('#') ? text.AsSpan(1) : text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new PlanException(Invariant($"Step {id} depends on '{text}', which is not a step. Write the number of the step, or the number after #."));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

using System.Collections.Immutable;

namespace Atlas.Configuration.Checking;

/// <summary>Collects what is wrong, so that all of it can be told at once.</summary>
internal sealed class ProblemLog
{
    private readonly List<ConfigurationProblem> _errors = [];
    private readonly List<ConfigurationProblem> _warnings = [];

    public bool HasErrors => _errors.Count > 0;

    public ImmutableArray<ConfigurationProblem> Errors => InReadingOrder(_errors);

    public ImmutableArray<ConfigurationProblem> Warnings => InReadingOrder(_warnings);

    public void Error(ValueSource source, string path, string message) => _errors.Add(new(source, path, message));

    public void Warning(ValueSource source, string path, string message) => _warnings.Add(new(source, path, message));

    private static ImmutableArray<ConfigurationProblem> InReadingOrder(IEnumerable<ConfigurationProblem> problems) =>
        [.. problems
            .Distinct()
            .OrderBy(problem => problem.Source.Kind)
            .ThenBy(problem => problem.Source.Name, StringComparer.Ordinal)
            .ThenBy(problem => problem.Source.Line ?? 0)];
}

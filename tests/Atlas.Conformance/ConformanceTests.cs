using Atlas.Conformance.Runners;
using Xunit;

namespace Atlas.Conformance;

/// <summary>Runs all vectors by the rules of the original.</summary>
public sealed class ConformanceTests
{
    private const int ShownCases = 10;

    public static TheoryData<string> Files => [.. VectorRunner.All.Select(runner => runner.File).Where(VectorFolder.Current.Files.Contains)];

    [Theory]
    [MemberData(nameof(Files))]
    public void All_cases_of_a_file_come_out_as_the_original_has_them(string file)
    {
        var failures = Differing(VectorFolder.Current, file, ConformanceSettings.Original).ToList();
        Assert.True(
            failures.Count == 0,
            $"{failures.Count} cases of {file} differ ({string.Join(", ", failures.Select(failure => failure.Index))}), the first:\n{string.Join('\n', failures.Take(ShownCases).Select(failure => $"  case {failure.Index}: {failure.What}"))}");
    }

    [Fact]
    public void Every_vector_file_is_run_by_somebody()
    {
        var known = VectorRunner.All.Select(runner => runner.File).ToHashSet();
        var files = VectorFolder.Current.Files.ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.True(known.Contains(file), $"Nobody runs {file}.jsonl: add a runner to VectorRunner.All."));
    }

    [Fact]
    public void The_projects_own_copy_has_cases_for_every_runner() =>
        Assert.All(VectorRunner.All, runner => Assert.NotEmpty(VectorFolder.Own.Cases(runner.File)));

    /// <summary>The cases that differ under some settings, by index from 0.</summary>
    internal static IEnumerable<(int Index, string What)> Differing(VectorFolder folder, string file, ConformanceSettings settings)
    {
        var runner = VectorRunner.All.Single(candidate => candidate.File == file);
        var cases = folder.Cases(file);
        return cases
            .Select((vector, index) => (Index: index, What: string.Join("; ", runner.Run(vector, cases, settings).Take(3))))
            .Where(result => result.What.Length > 0);
    }
}

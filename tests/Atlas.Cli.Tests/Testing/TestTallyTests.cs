using Atlas.Cli.Testing;
using Xunit;

namespace Atlas.Cli.Tests.Testing;

public sealed class TestTallyTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public async Task All_assemblies_of_a_result_are_summed_and_errors_count_as_failures()
    {
        await File.WriteAllTextAsync(_file, """
            <assemblies>
              <assembly total="5" passed="3" failed="1" skipped="1" errors="0" />
              <assembly total="2" passed="2" failed="0" skipped="0" errors="1" />
            </assemblies>
            """);

        Assert.Equal(new TestTally(5, 2, 1), TestTally.Read(_file));
    }

    [Fact]
    public async Task A_result_that_breaks_off_is_none()
    {
        await File.WriteAllTextAsync(_file, "<assemblies><assembly passed=\"3\"");

        Assert.Null(TestTally.Read(_file));
        Assert.Null(TestTally.Read(_file + ".missing"));
    }

    [Fact]
    public async Task What_failed_is_told_once_more_on_a_line_of_its_own()
    {
        await File.WriteAllTextAsync(_file, """
            <assemblies>
              <assembly total="2" passed="1" failed="1" errors="1">
                <errors><error type="assembly-cleanup" name="the fixture"><failure><message>It was gone.</message></failure></error></errors>
                <collection>
                  <test name="Keys.A_key_stays" result="Pass" />
                  <test name="Keys.A_key_goes" result="Fail"><failure><message>Expected: 1
            Actual:   2</message></failure></test>
                </collection>
              </assembly>
            </assemblies>
            """);

        Assert.Equal(
            [new FailedTest("the fixture", "It was gone."), new FailedTest("Keys.A_key_goes", "Expected: 1 Actual: 2")],
            FailedTest.Read(_file));
        Assert.Empty(FailedTest.Read(_file + ".missing"));
    }

    [Fact]
    public void Suites_are_named_after_their_projects()
    {
        var root = Harness.RepositoryRoot.Path;

        var names = TestSuite.Find(Path.Combine(root, "tests"), "Release").Select(suite => suite.Name).ToList();

        Assert.Contains("learning", names);
        Assert.Contains("conformance", names);
        Assert.Contains("cli", names);
        Assert.DoesNotContain("testing", names);
    }

    public void Dispose() => File.Delete(_file);
}

using Atlas.Http.Tests.Documents;
using Atlas.Http.Tests.Harness;
using Atlas.Testing;
using Xunit;

namespace Atlas.Http.Tests.Clients;

/// <summary>The Python client as a user runs it, with Debian's httpx.</summary>
[Collection(ApiCollection.Name)]
public sealed class PythonTests(Api api)
{
    private const string Python = "/usr/bin/python3";
    private static readonly string Client = Path.Combine(Repository.Root, "clients", "python");

    [Theory]
    [InlineData("first_session.py", "its reward is 0.9")]
    [InlineData("decorated.py", "Hello, Ana!\n1")]
    [InlineData("many_at_once.py", "20 sessions\nseen: Be brief.")]
    public async Task The_examples_run_as_they_stand(string example, string said) =>
        Assert.Contains(said, await RunAsync(Path.Combine(Client, "examples", example), Api.NewKey("python")), StringComparison.Ordinal);

    [Fact]
    public async Task The_client_fits_the_OpenAPI_document() => Assert.Contains(
        "operations fit",
        await RunAsync(Path.Combine(Repository.Root, "tests", "Atlas.Http.Tests", "Clients", "hold_against_document.py"), api.DocumentFile),
        StringComparison.Ordinal);

    [Fact]
    public async Task What_goes_wrong_is_an_exception_of_its_kind_and_repeated_where_that_helps() =>
        Assert.Contains("all as they should be", await RunAsync(Path.Combine(Repository.Root, "tests", "Atlas.Http.Tests", "Clients", "meet_trouble.py"), Api.NewKey("python")), StringComparison.Ordinal);

    [Fact]
    public async Task The_readme_works_as_it_stands()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Client, "README.md"));
        var program = readme.Split("```python\n")[1].Split("```")[0].Replace("http://127.0.0.1:5080", api.Address.AbsoluteUri, StringComparison.Ordinal);
        var file = Path.Combine(AppContext.BaseDirectory, "readme.py");
        await File.WriteAllTextAsync(file, program);
        await RunAsync(file);
    }

    [Fact]
    public void The_client_is_one_module_below_a_thousand_lines() =>
        Assert.InRange(File.ReadAllLines(Path.Combine(Client, "atlas_grains.py")).Length, 1, 999);

    private async Task<string> RunAsync(params string[] arguments)
    {
        await DebianPackage.DemandAsync("python3-httpx", Python, "-c", "import httpx");
        var (code, said, complained) = await DebianPackage.RunAsync(
            ["/usr/bin/env", $"ATLAS_URL={api.Address.AbsoluteUri}", $"PYTHONPATH={Client}", "PYTHONDONTWRITEBYTECODE=1", Python, .. arguments]);
        Assert.True(code == 0, $"{said}\n{complained}");
        return said;
    }
}

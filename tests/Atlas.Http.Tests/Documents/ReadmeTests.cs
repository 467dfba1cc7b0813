using Atlas.Http.Tests.Harness;
using Atlas.Testing;
using Xunit;

namespace Atlas.Http.Tests.Documents;

/// <summary>A stranger with curl: the lines of README.md run as they stand.</summary>
[Collection(ApiCollection.Name)]
public sealed class ReadmeTests(Api api)
{
    [Fact]
    public async Task The_lines_for_curl_start_a_session_and_fetch_the_changed_playbook()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        var lines = readme.Split("```sh\n").Select(block => block.Split("```")[0]).Single(block => block.Contains("curl", StringComparison.Ordinal))
            .Replace("http://127.0.0.1:5080/", api.Address.AbsoluteUri, StringComparison.Ordinal);
        var folder = Directory.CreateTempSubdirectory("atlas-curl-").FullName;
        try
        {
            var (code, said, complained) = await DebianPackage.RunAsync("/bin/bash", "-euo", "pipefail", "-c", $"cd {folder}\n{lines}");
            Assert.True(code == 0, $"{said}\n{complained}");
            Assert.Contains("\"status\":\"succeeded\"", said, StringComparison.Ordinal);
            Assert.Contains("Check the date of purchase first.", said, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

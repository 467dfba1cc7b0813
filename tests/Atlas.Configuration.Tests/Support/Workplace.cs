using System.Text.Json.Nodes;
using Atlas.Configuration.Checking;

namespace Atlas.Configuration.Tests.Support;

/// <summary>A folder of its own for the files of one test, and an environment of its own.</summary>
public sealed class Workplace : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-configuration-").FullName;

    public Dictionary<string, string> Variables { get; } = [];

    public ConfigurationProfile Profile { get; init; } = ConfigurationProfile.Agent;

    public string File(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public ConfigurationRequest Request(params string[] files) => new() { Files = [.. files], Profile = Profile, Environment = Variables };

    public ConfigurationCheck Check(string text, string name = "atlas.yaml") => ConfigurationLoader.Check(Request(File(name, text)));

    public ConfigurationCheck Check(JsonObject configuration) => Check(configuration.ToJsonString());

    public AtlasConfiguration Load(string text, string name = "atlas.yaml") => Valid(Check(text, name));

    public AtlasConfiguration Load(JsonObject configuration) => Valid(Check(configuration));

    /// <summary>The sentence of the only error, without the folder.</summary>
    public string TheError(ConfigurationCheck check) => Sentence(Assert.Single(check.Errors));

    public string TheError(string text, string name = "atlas.yaml") => TheError(Check(text, name));

    public string TheError(JsonObject configuration) => TheError(Check(configuration));

    public string Sentence(ConfigurationProblem problem) => problem.Sentence.Replace(_folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static AtlasConfiguration Valid(ConfigurationCheck check)
    {
        Assert.True(check.IsValid, check.ToString());
        return check.Configuration!;
    }
}

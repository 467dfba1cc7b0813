using Atlas.Configuration;
using Atlas.Configuration.Checking;
using Atlas.Learning.Options;
using Atlas.Storage.Connection;

namespace Atlas.Silo.Settings;

/// <summary>The configuration of learning: the file that <c>ATLAS_CONFIG</c> names, then the environment.</summary>
/// <param name="Configuration">All blocks.</param>
/// <param name="SynthesizerModel">The model that somebody wrote down for the synthesizer; null if nobody did.</param>
internal sealed record LearningSettings(AtlasConfiguration Configuration, LlmParameters? SynthesizerModel)
{
    private const string FileVariable = "ATLAS_CONFIG";
    private const string ModelPath = "learning.llm";

    /// <exception cref="AtlasConfigurationException">Something in it is wrong; the message names every fault.</exception>
    public static LearningSettings Read(IConfiguration configuration)
    {
        var check = ConfigurationLoader.Check(new ConfigurationRequest
        {
            Files = configuration[FileVariable] is { Length: > 0 } file ? [file] : [],
            Profile = ConfigurationProfile.Cluster,
        });
        if (check is not { IsValid: true, Configuration: { } valid })
        {
            throw new AtlasConfigurationException(check);
        }

        // learning.llm has a default; only one that was written is a wish for a model.
        var written = check.Values.Any(value =>
            (value.Path == ModelPath || value.Path.StartsWith(ModelPath + ".", StringComparison.Ordinal))
            && value.Source.Kind is not ValueSourceKind.Default);
        return new LearningSettings(valid, written ? valid.SynthesizerModel : null);
    }

    /// <summary>The database with the pool and the timeouts that the configuration asks for.</summary>
    public AtlasDatabase Database(string url) => AtlasDatabase.Parse(
        url,
        Configuration.Storage is { } storage
            ? new AtlasDatabaseOptions
            {
                MinConnections = storage.MinConnections,
                MaxConnections = storage.MaxConnections,
                StatementTimeout = TimeSpan.FromSeconds(storage.StatementTimeoutSeconds),
            }
            : null);
}

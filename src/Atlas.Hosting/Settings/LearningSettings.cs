using Atlas.Configuration;
using Atlas.Configuration.Checking;
using Atlas.Database;
using Atlas.Learning.Options;

namespace Atlas.Hosting.Settings;

/// <summary>The configuration of learning: the file that <c>ATLAS_CONFIG</c> names, then the environment.</summary>
/// <param name="Configuration">All blocks.</param>
/// <param name="SynthesizerModel">The synthesizer's model; null if the configuration has none.</param>
internal sealed record LearningSettings(AtlasConfiguration Configuration, LlmParameters? SynthesizerModel)
{
    private const string FileVariable = "ATLAS_CONFIG";

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

        return new LearningSettings(valid, valid.SynthesizerModel);
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

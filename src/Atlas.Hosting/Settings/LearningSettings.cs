using Atlas.Configuration;
using Atlas.Configuration.Checking;
using Atlas.Configuration.Storage;
using Atlas.Database;
using Atlas.Learning.Options;
using Atlas.Storage.Retention;

namespace Atlas.Hosting.Settings;

/// <summary>The learning configuration: the file named by <c>ATLAS_CONFIG</c>, overridden by the environment.</summary>
/// <param name="Configuration">All blocks.</param>
/// <param name="SynthesizerModel">The synthesizer's model; null if the configuration has none.</param>
internal sealed record LearningSettings(AtlasConfiguration Configuration, LlmParameters? SynthesizerModel)
{
    private const string FileVariable = "ATLAS_CONFIG";

    /// <exception cref="AtlasConfigurationException">The configuration has errors; the message names all of them.</exception>
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

    /// <summary>Gets how long the data of finished sessions is kept.</summary>
    public RetentionPolicy Retention => Configuration.Storage?.Retention is { } retention
        ? new RetentionPolicy
        {
            Events = RetentionOptions.LengthOf(retention.Events),
            Sessions = RetentionOptions.LengthOf(retention.Sessions),
            KeepCited = retention.KeepCited,
        }
        : new RetentionPolicy();

    /// <summary>Returns the database with the configured pool and timeouts.</summary>
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

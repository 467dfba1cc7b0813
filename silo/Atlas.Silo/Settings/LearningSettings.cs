using Atlas.Configuration;
using Atlas.Configuration.Checking;
using Atlas.Storage.Connection;

namespace Atlas.Silo.Settings;

/// <summary>Reads the configuration of learning: the file that <c>ATLAS_CONFIG</c> names, then the environment.</summary>
internal static class LearningSettings
{
    public const string FileVariable = "ATLAS_CONFIG";

    /// <exception cref="AtlasConfigurationException">Something in it is wrong; the message names every fault.</exception>
    public static AtlasConfiguration Read(IConfiguration configuration) => ConfigurationLoader.Load(new ConfigurationRequest
    {
        Files = configuration[FileVariable] is { Length: > 0 } file ? [file] : [],
        Profile = ConfigurationProfile.Cluster,
    });

    /// <summary>The database with the pool and the timeouts that the configuration asks for.</summary>
    public static AtlasDatabase Database(AtlasConfiguration configuration, string url) => AtlasDatabase.Parse(
        url,
        configuration.Storage is { } storage
            ? new AtlasDatabaseOptions
            {
                MinConnections = storage.MinConnections,
                MaxConnections = storage.MaxConnections,
                StatementTimeout = TimeSpan.FromSeconds(storage.StatementTimeoutSeconds),
            }
            : null);
}
